import Hummingbird
import NIOCore

/// Sends pieces of a file: by `sendfile` where the connection can, else copied in bounded chunks.
struct FileBody: Sendable {
    let file: OpenFile
    /// Nil where `sendfile` is out of the question (TLS, tests without a socket).
    let channel: (any Channel)?
    /// Who looks after a long answer, and the connection on which it goes out.
    private let watch: (watch: SendWatch, connection: any Channel)?
    private let sent = SentCount()

    init(file: OpenFile, channel: (any Channel)?, watch: SendWatch? = nil, connection: (any Channel)? = nil) {
        self.file = file
        self.channel = channel
        self.watch = watch.flatMap { watch in connection.map { (watch, $0) } }
    }

    /// Up to so many bytes are read beforehand and leave in one write together with the head.
    private static let atOnce = 64 * 1024
    /// The most that one `sendfile` is asked for. Between two of them the file is looked at again.
    private static let window = 1024 * 1024
    /// What a copying sender holds in memory at a time.
    private static let chunk = 128 * 1024

    func body(_ range: Range<Int>) async throws -> ResponseBody {
        if range.isEmpty { return ResponseBody() }
        if range.count <= FileBody.atOnce { return ResponseBody(byteBuffer: try await file.read(range)) }
        return ResponseBody(contentLength: range.count) { writer in
            try await watched { try await send(range, to: &writer) }
            try await writer.finish(nil)
        }
    }

    /// The watch ends with what it watches.
    private func watched(_ body: () async throws -> Void) async throws {
        guard let (watch, connection) = watch else { return try await body() }
        async let _: Void = watch.run(sent, on: connection)
        try await body()
    }

    func body(_ layout: MultipartRanges) -> ResponseBody {
        ResponseBody(contentLength: layout.contentLength) { writer in
            try await watched {
                for piece in layout.pieces {
                    switch piece {
                    case .text(let text): try await writer.write(ByteBuffer(string: text))
                    case .file(let range): try await send(range, to: &writer)
                    }
                }
            }
            try await writer.finish(nil)
        }
    }

    private func send(_ range: Range<Int>, to writer: inout any ResponseBodyWriter) async throws {
        var rest = range
        while !rest.isEmpty {
            guard let channel, try await sendWindow(of: &rest, on: channel) else {
                return try await copy(rest, to: &writer)
            }
        }
    }

    /// Hands the next window to the event loop and waits until the kernel has taken all of it. False, with nothing
    /// sent, when the connection cannot do it.
    private func sendWindow(of rest: inout Range<Int>, on channel: any Channel) async throws -> Bool {
        let window = rest.lowerBound..<min(rest.upperBound, rest.lowerBound + FileBody.window)
        try await file.warm(window)
        guard file.reaches(window.upperBound) else { throw OpenFile.Truncated() }
        let region = FileRegion(fileHandle: file.handle, readerIndex: window.lowerBound, endIndex: window.upperBound)
        do {
            // The head was handed to the same event loop before, so it goes out first. The wait also keeps the file
            // open: the promise is kept or broken before this returns, whatever becomes of the connection.
            try await channel.triggerUserOutboundEvent(SendFile(region: region)).get()
        } catch ChannelError.operationUnsupported {
            return false
        }
        rest = window.upperBound..<rest.upperBound
        sent.advance()
        return true
    }

    private func copy(_ range: Range<Int>, to writer: inout any ResponseBodyWriter) async throws {
        var next = range.lowerBound
        while next < range.upperBound {
            let end = min(range.upperBound, next + FileBody.chunk)
            try await writer.write(try await file.read(next..<end))
            sent.advance()
            next = end
        }
    }
}
