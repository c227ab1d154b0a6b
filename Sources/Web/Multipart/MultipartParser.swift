import HTTPTypes
import NIOCore

/// Finds the parts in the bytes of a `multipart/form-data` body (RFC 7578, RFC 2046 section 5.1), whatever pieces they come
/// in. It does no input or output: bytes go in by `feed`, events come out by `next`, and it holds no more than one piece
/// and the headers of one part.
struct MultipartParser {
    enum Event: Equatable {
        case begin(MultipartHead)
        case data(ByteBuffer)
        case end
    }

    /// Browsers send some two hundred bytes of headers for a part.
    static let maximumHeaderSize = 8 * 1024
    /// What may stand before the first delimiter; browsers send nothing.
    static let maximumPreamble = 1024

    private enum State {
        case preamble(seen: Int)
        case afterDelimiter
        case head
        case body
        case epilogue
    }

    private let delimiter: [UInt8]
    private var state = State.preamble(seen: 0)
    private var buffer = ByteBuffer()

    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The line break before the first delimiter is not sent when nothing stands before it.
        buffer.writeString("\r\n")
    }

    mutating func feed(_ piece: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = piece
        } else {
            var piece = piece
            buffer.discardReadBytes()
            buffer.writeBuffer(&piece)
        }
    }

    /// Nil when more bytes are needed.
    mutating func next() throws(RequestProblem) -> Event? {
        while true {
            switch state {
            case .preamble(let seen):
                let skipped = takeUntilDelimiter()
                let seen = seen + skipped.data.readableBytes
                guard seen <= Self.maximumPreamble else { throw .malformedMultipart }
                state = skipped.found ? .afterDelimiter : .preamble(seen: seen)
                if !skipped.found { return nil }
            case .afterDelimiter:
                guard let isLast = try takeDelimiterEnd() else { return nil }
                state = isLast ? .epilogue : .head
            case .head:
                guard let head = try takeHead() else { return nil }
                state = .body
                return .begin(head)
            case .body:
                let taken = takeUntilDelimiter()
                if taken.data.readableBytes > 0 {
                    if taken.found { buffer.moveReaderIndex(to: buffer.readerIndex - delimiter.count) }
                    return .data(taken.data)
                }
                guard taken.found else { return nil }
                state = .afterDelimiter
                return .end
            case .epilogue:
                buffer.clear()
                return nil
            }
        }
    }

    /// To be called at the end of the body.
    func finish() throws(RequestProblem) {
        guard case .epilogue = state else { throw .truncatedMultipart }
    }

    /// Takes what cannot belong to a delimiter; when one is found, it is taken too.
    private mutating func takeUntilDelimiter() -> (data: ByteBuffer, found: Bool) {
        let view = buffer.readableBytesView
        var start = view.startIndex
        while let candidate = view[start...].firstIndex(of: delimiter[0]) {
            let available = view[candidate...].prefix(delimiter.count)
            if delimiter.starts(with: available) {
                let data = take(candidate - view.startIndex)
                guard available.count == delimiter.count else { return (data, false) }
                buffer.moveReaderIndex(forwardBy: delimiter.count)
                return (data, true)
            }
            start = candidate + 1
        }
        return (take(buffer.readableBytes), false)
    }

    private mutating func take(_ count: Int) -> ByteBuffer {
        buffer.readSlice(length: count) ?? ByteBuffer()
    }

    /// After a delimiter stands `--` (the last one) or, after optional blanks, a line break.
    private mutating func takeDelimiterEnd() throws(RequestProblem) -> Bool? {
        let view = buffer.readableBytesView
        guard view.count >= 2 else { return nil }
        if view.starts(with: Array("--".utf8)) {
            buffer.moveReaderIndex(forwardBy: 2)
            return true
        }
        let blanks = view.prefix(256).prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        let lineBreak = view.dropFirst(blanks).prefix(2)
        if lineBreak.count < 2, blanks < 256, Array("\r\n".utf8).starts(with: lineBreak) { return nil }
        guard lineBreak.elementsEqual(Array("\r\n".utf8)) else { throw .malformedMultipart }
        // The line break stays: headers that are missing altogether end with the same two.
        buffer.moveReaderIndex(forwardBy: blanks)
        return false
    }

    /// The header block, which begins with the line break that ended the delimiter.
    private mutating func takeHead() throws(RequestProblem) -> MultipartHead? {
        let view = buffer.readableBytesView
        let end = Array("\r\n\r\n".utf8)
        var start = view.startIndex
        while let candidate = view[start...].firstIndex(of: end[0]), candidate + end.count <= view.endIndex {
            guard candidate - view.startIndex <= Self.maximumHeaderSize else { throw .multipartHeadTooLarge }
            if view[candidate...].starts(with: end) {
                let bytes = view[view.startIndex..<candidate].dropFirst(2)
                let head = try MultipartHead(bytes)
                buffer.moveReaderIndex(to: candidate + end.count)
                return head
            }
            start = candidate + 1
        }
        guard view.count <= Self.maximumHeaderSize else { throw .multipartHeadTooLarge }
        return nil
    }
}

extension RequestProblem {
    package static let malformedMultipart = RequestProblem(
        .badRequest,
        "multipart_malformed",
        "The form could not be read: its parts are not divided as they should be."
    )
    package static let truncatedMultipart = RequestProblem(
        .badRequest,
        "multipart_truncated",
        "The form ended in the middle. Please send it again."
    )
    package static let multipartHeadTooLarge = RequestProblem(
        .requestHeaderFieldsTooLarge,
        "multipart_head_too_large",
        "A part of the form has headers that are too large."
    )
    package static let nestedMultipart = RequestProblem(
        .badRequest,
        "multipart_nested",
        "A part of the form is itself divided into parts, which no browser does."
    )
    package static let multipartFileName = RequestProblem(
        .badRequest,
        "multipart_filename",
        "A file's name must be sent as “filename” in UTF-8; “filename*” is not allowed in forms."
    )
    package static let unnamedPart = RequestProblem(
        .badRequest,
        "multipart_unnamed",
        "A part of the form has no name."
    )
    package static let tooManyFiles = RequestProblem(
        .badRequest,
        "multipart_too_many_files",
        "Too many files at once. Please send fewer."
    )
    package static let unexpectedFile = RequestProblem(
        .badRequest,
        "form_unexpected_file",
        "This form takes no files."
    )
}
