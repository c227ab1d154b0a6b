package import Hummingbird
import HummingbirdCore
import HummingbirdTLS

extension HTTPServerBuilder {
    /// The server of this program: HTTP/1.1, plain or with TLS, with deadlines, a cap on connections, and `sendfile`.
    /// ```
    /// let settings = ServerSettings(host: "127.0.0.1", port: 8080)
    /// let application = Application(
    ///     router: router, server: try .mediaShare(settings), configuration: settings.configuration, logger: logger)
    /// try await application.runService()
    /// ```
    /// The request context conforms to ``ConnectionContext`` and keeps `source.channel`, so that files can be sent.
    ///
    /// - Throws: when certificate or key cannot be read.
    package static func mediaShare(_ settings: ServerSettings) throws -> HTTPServerBuilder {
        let connections = OpenConnections(limit: settings.limits.connections)
        let isSecure = settings.tls != nil
        let plain = HTTPServerBuilder { responder in
            MediaShareChannel(
                responder: responder,
                limits: settings.limits,
                isSecure: isSecure,
                connections: connections
            )
        }
        guard let tls = settings.tls else { return plain }
        return try .tls(plain, tlsConfiguration: tls.configuration())
    }
}
