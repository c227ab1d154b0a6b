package import Hummingbird
package import NIOCore

/// Reads a request's body piece by piece, can put a piece back, and can hand on what it has not read. This is how a form's
/// token is checked before the files that follow it, and how parts of one body are read by different code in turn.
///
/// Unchecked, because the body's iterator is not Sendable: a body has one reader at a time, and a reader is passed on,
/// never shared.
package final class BodyReader: @unchecked Sendable {
    private var iterator: RequestBody.AsyncIterator
    private var putBack: [ByteBuffer] = []

    package init(_ body: RequestBody) {
        iterator = body.makeAsyncIterator()
    }

    /// The next piece, or nil at the end of the body.
    package func next() async throws -> ByteBuffer? {
        if let buffer = putBack.popLast() { return buffer }
        return try await iterator.next()
    }

    /// The next `next()` gives this one again.
    package func unread(_ buffer: ByteBuffer) {
        if buffer.readableBytes > 0 { putBack.append(buffer) }
    }

    /// What has not been read, as the body of a request.
    package var rest: RequestBody {
        RequestBody(asyncSequence: Rest(reader: self))
    }

    private struct Rest: AsyncSequence, Sendable {
        let reader: BodyReader

        struct AsyncIterator: AsyncIteratorProtocol, Sendable {
            let reader: BodyReader

            func next() async throws -> ByteBuffer? { try await reader.next() }
        }

        func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }
    }
}
