import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection of HTTP/1.1, with our rules around Hummingbird's loop of requests and answers.
struct MediaShareChannel: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: Responder
    let limits: ServerLimits
    let isSecure: Bool
    let connections: OpenConnections

    init(responder: @escaping Responder, limits: ServerLimits, isSecure: Bool, connections: OpenConnections) {
        self.responder = { request, writer, channel in
            try await responder(request.continuing(on: channel), writer, channel)
        }
        self.limits = limits
        self.isSecure = isSecure
        self.connections = connections
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let admission = connections.entered()
            channel.closeFuture.whenComplete { [connections] _ in connections.left() }
            switch admission {
            case .admitted:
                try addHandlers(to: pipeline, logger: logger)
            case .refused:
                logger.warning("Connection refused: too many", metadata: ["limit": "\(limits.connections)"])
                try pipeline.addHandler(RefusalHandler(isSecure ? nil : RefusalHandler.busy))
            case .dropped:
                try pipeline.addHandler(RefusalHandler(nil))
            }
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    private func addHandlers(to pipeline: ChannelPipeline.SynchronousOperations, logger: Logger) throws {
        // The connection's own handler frames the answers: it alone knows HEAD and the client's version.
        var encoder = HTTPResponseEncoder.Configuration()
        encoder.automaticallySetFramingHeaders = false
        var decoder = NIOHTTPDecoderLimitConfiguration()
        decoder.maxHeaderFieldSize = limits.headBytes
        decoder.maxHeaderListSize = limits.headBytes
        decoder.maxHeaderFieldCount = limits.fields
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: false,
            withErrorHandling: false,
            withOutboundHeaderValidation: false,
            withEncoderConfiguration: encoder,
            withDecoderLimitConfiguration: decoder
        )
        try pipeline.addHandler(HTTPConnectionHandler(limits: limits, isSecure: isSecure, logger: logger))
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: isSecure))
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
            await handleHTTP(asyncChannel: value, logger: logger)
        }
    }
}
