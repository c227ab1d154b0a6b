import Logging
import NIOCore
import NIOHTTP1

/// Keeps the rules of one HTTP/1.1 connection: framing, deadlines, the end of the connection, `sendfile`.
///
/// It stands right above the codec of bytes and parts, where versions and file regions are still to be seen.
final class HTTPConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let limits: ServerLimits
    private let isSecure: Bool
    private let logger: Logger
    private var state: ConnectionState
    private var clock: ConnectionClock
    private var ticking: Scheduled<Void>?
    /// Bytes of bodies that were handed on.
    private var written: Int64 = 0
    private var inputIsClosed = false
    /// Once the last answer is out: how much more is read and thrown away.
    private var lingerBytesLeft: Int?

    init(limits: ServerLimits, isSecure: Bool, logger: Logger) {
        self.limits = limits
        self.isSecure = isSecure
        self.logger = logger
        state = ConnectionState(drainBytes: limits.drainBytes)
        clock = ConnectionClock(limits: limits, now: .now())
    }

    func handlerAdded(context: ChannelHandlerContext) { tick(context) }

    func handlerRemoved(context: ChannelHandlerContext) { ticking?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        ticking?.cancel()
        context.fireChannelInactive()
    }

    // MARK: Requests

    func read(context: ChannelHandlerContext) {
        // Enough was thrown away: from here on the client's own socket is to hold it up.
        if let left = lingerBytesLeft, left <= 0 { return }
        clock.wantsRead(now: .now())
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if lingerBytesLeft != nil { return discard(part) }
        switch part {
        case .head(let head):
            // What follows the last request that will be answered is not looked at.
            guard !state.isClosing else { return }
            clock.readHead()
            guard state.received(head) else { return context.fireErrorCaught(HTTPParserError.invalidHeaderToken) }
        case .body(let buffer):
            guard state.incoming != nil else { return }
            state.received(bodyBytes: buffer.readableBytes)
        case .end:
            guard state.incoming != nil else { return }
            state.receivedEnd()
            if state.isIdle { clock.becameIdle(now: .now()) }
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        clock.readBytes(isIdle: state.isIdle, now: .now())
        context.fireChannelReadComplete()
        // The stream above has no reader any more and would not ask.
        if let left = lingerBytesLeft, left > 0 { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError { state.received(error) }
        context.fireErrorCaught(error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            inputIsClosed = true
            if lingerBytesLeft != nil { context.close(promise: nil) }
            context.fireUserInboundEventTriggered(event)
        case is ChannelShouldQuiesceEvent:
            clock.stops(now: .now())
            if state.quiesce() { context.close(promise: nil) }
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if !head.status.isInformational { state.frame(&head) }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body(let bytes):
            guard state.mayWriteBody else {
                promise?.succeed()
                return
            }
            written += Int64(bytes.readableBytes)
            context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            let isLast = state.wroteEnd()
            if state.isIdle { clock.becameIdle(now: .now()) }
            if isLast {
                context.flush()
                linger(context)
            }
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        switch event {
        case let event as SendFile:
            guard !isSecure else {
                promise?.fail(ChannelError.operationUnsupported)
                return
            }
            written += Int64(event.region.readableBytes)
            context.writeAndFlush(wrapOutboundOut(.body(.fileRegion(event.region))), promise: promise)
        case is SendContinue:
            if state.wantsBody() {
                context.writeAndFlush(
                    wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))),
                    promise: promise
                )
            } else {
                promise?.succeed()
            }
        default:
            context.triggerUserOutboundEvent(event, promise: promise)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .output:
            linger(context)
            promise?.succeed()
        case .input, .all:
            context.close(mode: mode, promise: promise)
        }
    }

    // MARK: The end

    /// Says goodbye in a way that the last answer survives: a socket closed while bytes lie unread in it is reset, and
    /// a reset may overtake the answer. So our half is closed, and the client has a while to read and to close its own.
    private func linger(_ context: ChannelHandlerContext) {
        guard lingerBytesLeft == nil else { return }
        lingerBytesLeft = limits.lingerBytes
        let closed = context.eventLoop.makePromise(of: Void.self)
        closed.futureResult.assumeIsolated().whenComplete { _ in
            if self.inputIsClosed {
                context.close(promise: nil)
            } else {
                self.clock.lingers(now: .now())
            }
        }
        context.close(mode: .output, promise: closed)
        context.read()
    }

    private func discard(_ part: HTTPServerRequestPart) {
        switch part {
        case .body(let buffer): lingerBytesLeft = lingerBytesLeft.map { $0 - buffer.readableBytes }
        case .head, .end: break
        }
    }

    // MARK: Deadlines

    private func tick(_ context: ChannelHandlerContext) {
        ticking = context.eventLoop.assumeIsolated().scheduleTask(in: limits.tick) {
            let options = context.channel.syncOptions
            let buffered = (try? options?.getOption(.bufferedWritableBytes)) ?? 0
            if let expiry = self.clock.expired(self.state, written: self.written, buffered: buffered, now: .now()) {
                self.logger.debug("Connection closed at its deadline", metadata: ["deadline": "\(expiry.rawValue)"])
                context.close(promise: nil)
            } else {
                self.tick(context)
            }
        }
    }
}

extension HTTPResponseStatus {
    fileprivate var isInformational: Bool { (100..<200).contains(code) }
}
