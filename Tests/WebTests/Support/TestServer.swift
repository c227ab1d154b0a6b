import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

@testable import Web

struct WireContext: RequestContext, ConnectionContext {
    var coreContext: CoreRequestContextStorage
    let channel: (any Channel)?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// A server on a real socket of this machine, for the length of `body`, which is told its port.
func withServer<T: Sendable>(
    _ limits: ServerLimits = ServerLimits(),
    tls: TLSFiles? = nil,
    logger: Logger = quietLogger,
    routes: (Router<WireContext>) -> Void,
    body: @escaping @Sendable (RunningServer) async throws -> T
) async throws -> T {
    let router = Router(context: WireContext.self)
    routes(router)
    let settings = ServerSettings(port: 0, tls: tls, limits: limits)
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let application = Application(
        router: router,
        server: try .mediaShare(settings),
        configuration: settings.configuration,
        onServerRunning: { channel in
            continuation.yield(channel.localAddress?.port ?? 0)
            continuation.finish()
        },
        logger: logger
    )
    let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { continuation.finish() }
            try await group.run()
        }
        guard let port = await ports.first(where: { _ in true }) else {
            try await tasks.next()
            throw RawClient.Failure(description: "the server did not start")
        }
        let result: T
        do {
            result = try await body(RunningServer(port: port, group: group))
        } catch {
            tasks.cancelAll()
            throw error
        }
        tasks.cancelAll()
        return result
    }
}

struct RunningServer: Sendable {
    let port: Int
    let group: ServiceGroup
}

let quietLogger: Logger = {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
}()

/// A file of `count` bytes in which no two places look alike, for the length of `body`.
func withFile<T>(_ count: Int, body: (String, [UInt8]) async throws -> T) async throws -> T {
    let path = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString)").path
    let bytes = patterned(count)
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path, bytes)
}

func patterned(_ count: Int) -> [UInt8] {
    var state: UInt32 = 0x2545_F491
    return (0..<count).map { _ in
        state ^= state << 13
        state ^= state >> 17
        state ^= state << 5
        return UInt8(truncatingIfNeeded: state)
    }
}
