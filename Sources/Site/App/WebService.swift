import Core
import Hummingbird
package import ServiceLifecycle
import Web

extension Site {
    /// The web server, ready to be run beside other services.
    /// - Parameter onReady: Told the address once it listens.
    package func service(onReady: @escaping @Sendable (_ address: String) -> Void) throws -> any Service {
        var server = ServerSettings(host: settings.host, port: settings.port)
        server.limits.connections = settings.maxConnections
        server.tls = settings.tls.map { TLSFiles(certificateChain: $0.certificateFile, privateKey: $0.keyFile) }
        var application = Application(
            responder: UploadEdge(try router().router.buildResponder(), under: Links.resumableUploads.url),
            server: try .mediaShare(server),
            configuration: server.configuration,
            onServerRunning: { channel in
                onReady(channel.localAddress.map { "\($0.ipAddress ?? "?"):\($0.port ?? 0)" } ?? "?")
            },
            logger: logger
        )
        application.addServices(StopBell(site: self))
        return application
    }
}

/// Hears first that the program is to stop.
private struct StopBell: Service {
    let site: Site

    func run() async throws {
        try? await gracefulShutdown()
        site.stop()
    }
}
