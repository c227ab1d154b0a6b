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
        return Application(
            responder: UploadEdge(try router().router.buildResponder(), under: Links.resumableUploads.url),
            server: try .mediaShare(server),
            configuration: server.configuration,
            onServerRunning: { channel in
                onReady(channel.localAddress.map { "\($0.ipAddress ?? "?"):\($0.port ?? 0)" } ?? "?")
            },
            logger: logger
        )
    }

    /// To be the last of the services that are run together: the last one hears first that the program is to stop. From
    /// then on nobody is sent here any more, and streams of events end.
    package var stopBell: any Service { StopBell(site: self) }
}

private struct StopBell: Service {
    let site: Site

    func run() async throws {
        try? await gracefulShutdown()
        site.stop()
    }
}
