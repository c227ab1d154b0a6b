import Foundation
import Hummingbird
import NIOCore
import ServiceLifecycle
import Testing

@testable import Web

@Suite("Deadlines of a connection")
struct DeadlineTests {
    /// Everything is patient but what the test is about.
    private func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = ServerLimits()
        change(&limits)
        return limits
    }

    @Test("Who says nothing is cut off", arguments: ["", "GET /number/1 HTTP/1.1\r\nHo"])
    func head(begun: String) async throws {
        try await withServer(limits { $0.head = .milliseconds(200) }, routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                try client.send(begun)
                #expect(client.isClosedByServer())
            }
        }
    }

    @Test("Dribbling the head byte by byte does not help")
    func slowloris() async throws {
        try await withServer(limits { $0.head = .seconds(1) }, routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                try client.send("GET / HTTP/1.1\r\n")
                let begin = Date()
                while Date().timeIntervalSince(begin) < 20 {
                    do { try client.send("X: y\r\n") } catch { break }
                    usleep(30_000)
                }
                #expect(Date().timeIntervalSince(begin) < 20)
            }
        }
    }

    @Test("An idle connection is closed, but not between two requests that follow each other soon")
    func idle() async throws {
        try await withServer(limits { $0.idle = .seconds(3) }, routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                for number in 0..<3 { #expect(try client.ask("/number/\(number)").text == "\(number)") }
                #expect(client.isClosedByServer())
            }
        }
    }

    @Test("A body that stalls is given up, and its handler learns of it")
    func body() async throws {
        let (outcomes, continuation) = AsyncStream.makeStream(of: Bool.self)
        let routes: (Router<WireContext>) -> Void = { router in
            router.post("upload") { request, _ in
                do {
                    for try await _ in request.body {}
                    continuation.yield(true)
                } catch {
                    continuation.yield(false)
                }
                return Response(status: .noContent)
            }
        }
        try await withServer(limits { $0.body = .milliseconds(200) }, routes: routes) { server in
            let client = try await onThread {
                let client = try RawClient(port: server.port)
                try client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
                return client
            }
            #expect(await outcomes.first { _ in true } == false)
            withExtendedLifetime(client) {}
        }
    }

    @Test("A handler may think as long as it likes, whatever the client's deadlines are")
    func slowHandler() async throws {
        let short = limits {
            $0.head = .milliseconds(500)
            $0.idle = .milliseconds(500)
            $0.body = .milliseconds(500)
            $0.write = .milliseconds(500)
        }
        let routes: (Router<WireContext>) -> Void = { router in
            router.post("slow") { request, _ in
                _ = try await request.body.collect(upTo: 100)
                try await Task.sleep(for: .milliseconds(1500))
                return "done"
            }
        }
        try await withServer(short, routes: routes) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                try client.send("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
                #expect(try client.receiveAnswer().text == "done")
            }
        }
    }

    @Test("Told to stop, the server finishes what runs, and takes nothing new")
    func graceful() async throws {
        let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
        let (release, releasing) = AsyncStream.makeStream(of: Void.self)
        let routes: (Router<WireContext>) -> Void = { router in
            router.get("slow") { _, _ in
                continuation.yield()
                _ = await release.first { _ in true }
                return "done"
            }
            router.echoing()
        }
        try await withServer(routes: routes) { server in
            let (idle, busy) = try await onThread {
                let idle = try RawClient(port: server.port)
                #expect(try idle.ask("/number/1").text == "1")
                let busy = try RawClient(port: server.port)
                try busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
                return (idle, busy)
            }
            _ = await begun.first { _ in true }
            await server.group.triggerGracefulShutdown()
            #expect(try await onThread { idle.isClosedByServer() })
            releasing.yield()
            try await onThread {
                // Whether the answer says that it is the last depends on who was told first; that it is, does not.
                let answer = try busy.receiveAnswer()
                #expect(answer.text == "done")
                #expect(busy.isClosedByServer())
            }
            #expect(await eventually { (try? RawClient(port: server.port)) == nil })
        }
    }

    @Test("Told to stop, the server does not wait for ever")
    func gracefulLimit() async throws {
        let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
        let routes: (Router<WireContext>) -> Void = { router in
            router.get("endless") { _, _ in
                Response(
                    status: .ok,
                    body: .init { writer in
                        continuation.yield()
                        while true {
                            try await writer.write(ByteBuffer(string: "more"))
                            try await Task.sleep(for: .milliseconds(5))
                        }
                    }
                )
            }
        }
        try await withServer(limits { $0.shutdown = .milliseconds(300) }, routes: routes) { server in
            let client = try await onThread {
                let client = try RawClient(port: server.port)
                try client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
                return client
            }
            _ = await begun.first { _ in true }
            await server.group.triggerGracefulShutdown()
            try await onThread {
                while let more = try? client.receive(), !more.isEmpty {}
            }
        }
    }
}
