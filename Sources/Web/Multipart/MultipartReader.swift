package import NIOCore

/// Reads `multipart/form-data` (RFC 7578, RFC 2046 §5.1) as it streams in: one part after the other, each in chunks. No
/// more than a chunk and a boundary is ever held, so a file's size does not matter.
///
/// Ask for parts in turn; what is left unread of a part is skipped when the next one is asked for.
package final class MultipartReader<Body: AsyncSequence> where Body.Element == ByteBuffer {
    private enum Place {
        case beforeFirst
        case inHead
        case inBody
        case afterLast
    }

    private var source: Body.AsyncIterator
    private var buffer = ByteBuffer()
    private var place = Place.beforeFirst
    private let delimiter: [UInt8]
    private var partCount = 0

    /// Heads beyond these bounds are hostile or broken.
    private static var longestHead: Int { 16 * 1024 }
    private static var mostParts: Int { 500 }

    /// - Throws: `RequestProblem` when the content type names no boundary of 1 to 70 characters.
    package init(_ body: Body, contentType: String?) throws(RequestProblem) {
        guard let contentType, let boundary = HeaderParameters(contentType).boundary else { throw .notMultipart }
        delimiter = Array("\r\n--\(boundary)".utf8)
        source = body.makeAsyncIterator()
        // The first boundary may stand at the very start; with a line end before it, it looks like all others.
        buffer.writeString("\r\n")
    }

    /// The next part, or nil after the last one.
    package func nextPart() async throws -> MultipartPart? {
        while place == .beforeFirst || place == .inBody {
            if try await read() == nil { break }
        }
        guard place == .inHead else { return nil }
        partCount += 1
        guard partCount <= Self.mostParts else { throw RequestProblem.tooManyParts }
        let head = try await readHead()
        place = .inBody
        return try MultipartPart(head: head)
    }

    /// The next bytes of the current part, or nil at its end.
    package func nextChunk() async throws -> ByteBuffer? {
        guard place == .inBody else { return nil }
        return try await read()
    }

    /// A whole part as text; 413 when it is longer.
    package func text(upTo limit: Int) async throws -> String {
        var bytes: [UInt8] = []
        while let chunk = try await nextChunk() {
            guard bytes.count + chunk.readableBytes <= limit else { throw RequestProblem.formTooLarge }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        return try FormFields.text(bytes)
    }

    /// Bytes up to the next delimiter. A delimiter that may have begun at the end of what is there waits for more.
    private func read() async throws -> ByteBuffer? {
        while true {
            let view = buffer.readableBytesView
            if let found = view.firstRange(of: delimiter) {
                let length = found.lowerBound - view.startIndex
                if length > 0 { return buffer.readSlice(length: length) }
                buffer.moveReaderIndex(forwardBy: delimiter.count)
                try await finishDelimiter()
                return nil
            }
            let safe = view.count - delimiter.count + 1
            if safe > 0 { return buffer.readSlice(length: safe) }
            guard try await fill() else { throw RequestProblem.unfinishedMultipart }
        }
    }

    /// After a delimiter come `--` (the end), or spaces and a line end.
    private func finishDelimiter() async throws {
        while buffer.readableBytes < 2 {
            guard try await fill() else { throw RequestProblem.unfinishedMultipart }
        }
        if buffer.readableBytesView.starts(with: "--".utf8) {
            place = .afterLast
            return
        }
        while true {
            while buffer.readableBytes < 2 {
                guard try await fill() else { throw RequestProblem.unfinishedMultipart }
            }
            if buffer.readableBytesView.starts(with: "\r\n".utf8) { break }
            guard let byte: UInt8 = buffer.readInteger(), byte == 0x20 || byte == 0x09 else {
                throw RequestProblem.badMultipart
            }
        }
        buffer.moveReaderIndex(forwardBy: 2)
        place = .inHead
    }

    /// The header lines of a part, without the empty line that ends them.
    private func readHead() async throws -> String {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if buffer.readableBytesView.starts(with: "\r\n".utf8) {
                buffer.moveReaderIndex(forwardBy: 2)
                return ""
            }
            if let found = buffer.readableBytesView.firstRange(of: end) {
                let length = found.lowerBound - buffer.readableBytesView.startIndex
                guard length <= Self.longestHead, let bytes = buffer.readBytes(length: length) else {
                    throw RequestProblem.badMultipart
                }
                buffer.moveReaderIndex(forwardBy: end.count)
                return try FormFields.text(bytes)
            }
            guard buffer.readableBytes <= Self.longestHead else { throw RequestProblem.badMultipart }
            guard try await fill() else { throw RequestProblem.unfinishedMultipart }
        }
    }

    private func fill() async throws -> Bool {
        guard var more = try await source.next() else { return false }
        buffer.discardReadBytes()
        buffer.writeBuffer(&more)
        return true
    }
}

extension ByteBufferView {
    /// Where a pattern begins first. It looks for the pattern's first byte with `memchr`'s speed, which a line end,
    /// rare in media, suits well.
    fileprivate func firstRange(of pattern: [UInt8]) -> Range<Int>? {
        guard let first = pattern.first else { return nil }
        var from = startIndex
        while let candidate = self[from...].firstIndex(of: first) {
            guard candidate + pattern.count <= endIndex else { return nil }
            if self[candidate..<candidate + pattern.count].elementsEqual(pattern) {
                return candidate..<candidate + pattern.count
            }
            from = candidate + 1
        }
        return nil
    }
}

/// The rest of the reader's current part as a sequence, for whoever takes a stream of bytes.
package struct MultipartPartBody<Body: AsyncSequence>: AsyncSequence where Body.Element == ByteBuffer {
    package typealias Element = ByteBuffer
    let reader: MultipartReader<Body>

    package init(_ reader: MultipartReader<Body>) {
        self.reader = reader
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        let reader: MultipartReader<Body>

        package mutating func next() async throws -> ByteBuffer? {
            try await reader.nextChunk()
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }
}
