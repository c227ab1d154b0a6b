import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// A request with `Expect: 100-continue` whose client is told to go on when the handler first reads the body
    /// (RFC 9110 §10.1.1), so that an upload refused for its fields costs no byte. Others as they are.
    func continuing(on channel: any Channel) -> Request {
        guard headers[.expect]?.lowercased() == "100-continue" else { return self }
        var request = self
        request.body = RequestBody(asyncSequence: ContinuingBody(body: body, channel: channel))
        return request
    }
}

private struct ContinuingBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let body: RequestBody
    let channel: any Channel

    func makeAsyncIterator() -> Iterator { Iterator(base: body.makeAsyncIterator(), channel: channel) }

    struct Iterator: AsyncIteratorProtocol {
        var base: RequestBody.AsyncIterator
        let channel: any Channel
        var hasBegun = false

        mutating func next() async throws -> ByteBuffer? {
            if !hasBegun {
                hasBegun = true
                try await channel.triggerUserOutboundEvent(SendContinue()).get()
            }
            return try await base.next()
        }
    }
}
