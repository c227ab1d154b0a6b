package import Hummingbird
package import NIOCore

/// The parts of a `multipart/form-data` request in the order in which they come. Fields are small and given whole; a
/// file is a stream that is read as fast as its reader takes it, so that its bytes never gather in memory.
///
///     let form = try MultipartReader(request)
///     while let part = try await form.next() {
///         switch part {
///         case .field(let pair): …
///         case .file(let file): try await store(file)
///         }
///     }
///
/// A file that is not read to its end is skipped when the next part is asked for.
package final class MultipartReader: Sendable {
    package enum Part: Sendable {
        case field(FormFields.Pair)
        case file(MultipartFile)
    }

    private let stream: MultipartStream
    private let maximumFiles: Int

    /// - Throws: `RequestProblem`: 415 when the request is no such form, 400 when its boundary is not one.
    package init(_ request: Request, maximumFiles: Int = 20) throws(RequestProblem) {
        let boundary = try Self.boundary(of: request)
        stream = MultipartStream(BodyReader(request.body), boundary: boundary)
        self.maximumFiles = maximumFiles
    }

    init(_ reader: BodyReader, boundary: String) {
        stream = MultipartStream(reader, boundary: boundary)
        maximumFiles = .max
    }

    /// The next field or file; nil after the last one.
    /// - Throws: `RequestProblem` with status 400, 413 or 431, or what the connection throws.
    package func next() async throws -> Part? {
        while let head = try await stream.nextHead() {
            guard head.fileName != nil else {
                let value = try await stream.fieldValue()
                return .field(FormFields.Pair(head.name, value))
            }
            // A file input that was left empty is sent as a file without a name.
            if head.fileName?.isEmpty == true { continue }
            guard stream.fileCount <= maximumFiles else { throw RequestProblem.tooManyFiles }
            return .file(MultipartFile(head: head, stream: stream, number: stream.partNumber))
        }
        return nil
    }

    /// The boundary of a multipart request (RFC 2046 section 5.1.1: 1 to 70 characters of a small alphabet).
    static func boundary(of request: Request) throws(RequestProblem) -> String {
        guard let type = request.headers[.contentType].flatMap(HeaderParameters.init),
            type.value == "multipart/form-data"
        else { throw .notAForm }
        let allowed = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"):
                true
            default: "'()+_,-./:=? ".utf8.contains(byte)
            }
        }
        guard let boundary = type["boundary"], (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy(allowed), !boundary.hasSuffix(" ")
        else { throw .malformedMultipart }
        return boundary
    }
}

/// One file of a form: a stream of its bytes, to be read once and before the next part.
package struct MultipartFile: AsyncSequence, Sendable {
    package let head: MultipartHead
    fileprivate let stream: MultipartStream
    fileprivate let number: Int

    fileprivate init(head: MultipartHead, stream: MultipartStream, number: Int) {
        self.head = head
        self.stream = stream
        self.number = number
    }

    package struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        fileprivate let file: MultipartFile

        /// - Throws: `RequestProblem` when the form ends in the middle of the file.
        package func next() async throws -> ByteBuffer? {
            try await file.stream.nextData(ofPart: file.number)
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(file: self) }
}

/// The parser joined to a body.
///
/// Unchecked, because parts are read one after the other by whoever holds the reader, as with `BodyReader`.
private final class MultipartStream: @unchecked Sendable {
    private let reader: BodyReader
    private var parser: MultipartParser
    private var isInsidePart = false
    private var remainingText = FormFields.maximumSize
    private(set) var partNumber = 0
    private(set) var fileCount = 0

    init(_ reader: BodyReader, boundary: String) {
        self.reader = reader
        parser = MultipartParser(boundary: boundary)
    }

    func nextHead() async throws -> MultipartHead? {
        while isInsidePart { _ = try await nextData(ofPart: partNumber) }
        guard let event = try await nextEvent() else { return nil }
        guard case .begin(let head) = event else { throw RequestProblem.malformedMultipart }
        isInsidePart = true
        partNumber += 1
        if head.fileName != nil { fileCount += 1 }
        guard partNumber <= FormFields.maximumCount else { throw RequestProblem.tooManyFields }
        return head
    }

    func nextData(ofPart number: Int) async throws -> ByteBuffer? {
        guard isInsidePart, number == partNumber else { return nil }
        switch try await nextEvent() {
        case .data(let data): return data
        case .end:
            isInsidePart = false
            return nil
        case .begin, nil: throw RequestProblem.truncatedMultipart
        }
    }

    func fieldValue() async throws -> String {
        var value: [UInt8] = []
        while let data = try await nextData(ofPart: partNumber) {
            remainingText -= data.readableBytes
            guard remainingText >= 0 else { throw RequestProblem.formTooLarge(FormFields.maximumSize) }
            value.append(contentsOf: data.readableBytesView)
        }
        return try FormFields.text(value)
    }

    /// Nil at the end of the body, if it ended where it should.
    private func nextEvent() async throws -> MultipartParser.Event? {
        while true {
            if let event = try parser.next() { return event }
            guard let piece = try await reader.next() else {
                try parser.finish()
                return nil
            }
            parser.feed(piece)
        }
    }
}
