import NIOCore

/// Answers a connection beyond the cap with 503 before anything is read, and ends it.
final class RefusalHandler: ChannelInboundHandler {
    typealias InboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// Nil ends the connection without a word: nothing can be said before a TLS handshake.
    private let answer: StaticString?

    init(_ answer: StaticString?) { self.answer = answer }

    static let busy: StaticString = """
        HTTP/1.1 503 Service Unavailable\r
        Connection: close\r
        Content-Type: text/plain\r
        Content-Length: 51\r
        Retry-After: 5\r
        \r
        The server is busy. Please try again in a moment.\r

        """

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { refuse(context) }
    }

    func channelActive(context: ChannelHandlerContext) { refuse(context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { context.close(promise: nil) }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        guard let answer else { return context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(staticString: answer)), promise: nil)
        context.close(mode: .output, promise: nil)
        // Time to read the answer before the socket is gone.
        context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { context.close(promise: nil) }
    }
}
