import Foundation
import Hummingbird
import NIOCore
import Testing

@testable import Web

@Suite("Files on a real socket")
struct SendFileTests {
    @Test("A slow reader gets every byte, however often the socket is full")
    func slowReader() async throws {
        try await withFile(5_000_001) { path, bytes in
            try await withServer(routes: { $0.serving(path) }) { server in
                try await onThread {
                    let client = try RawClient(port: server.port, receiveBuffer: 8192)
                    try client.send("GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    var received: [UInt8] = []
                    while case let more = try client.receive(50_000), !more.isEmpty {
                        received += more
                        // A pause now and then, long enough for the server to run into a full socket.
                        if received.count % 7 == 0 { usleep(3000) }
                    }
                    #expect(Array(received.suffix(bytes.count)) == bytes)
                }
            }
        }
    }

    @Test("Files asked for in one go come in order, each whole", arguments: [UInt64.random(in: .min ... .max)])
    func pipelined(seed: UInt64) async throws {
        try await withFile(3_000_000) { path, bytes in
            try await withServer(routes: { $0.serving(path) }) { server in
                try await onThread {
                    var random = SeededRandom(seed)
                    let client = try RawClient(port: server.port)
                    let ranges = (0..<40).map { _ in
                        let first = Int.random(in: 0..<bytes.count, using: &random)
                        return first..<Int.random(in: first..<bytes.count, using: &random) + 1
                    }
                    for batch in stride(from: 0, to: ranges.count, by: 4) {
                        let requests = ranges[batch..<batch + 4].map { range in
                            "GET /file HTTP/1.1\r\nHost: a\r\nRange: bytes=\(range.lowerBound)-\(range.upperBound - 1)\r\n\r\n"
                        }
                        try client.send(requests.joined())
                        for range in ranges[batch..<batch + 4] {
                            #expect(try client.receiveAnswer().body == Array(bytes[range]), "seed \(seed): \(range)")
                        }
                    }
                }
            }
        }
    }

    @Test("A client that goes away frees the descriptor")
    func clientGone() async throws {
        try await withFile(30_000_000) { path, _ in
            try await withServer(routes: { $0.serving(path) }) { server in
                try await onThread {
                    let client = try RawClient(port: server.port, receiveBuffer: 8192)
                    try client.send("GET /file HTTP/1.1\r\nHost: a\r\n\r\n")
                    _ = try client.receive()
                    #expect(openDescriptors(on: path) == 1)
                }
                #expect(await eventually { openDescriptors(on: path) == 0 })
            }
        }
    }

    @Test("A client that stops reading loses the connection, and the descriptor is free")
    func stalledReader() async throws {
        try await withFile(30_000_000) { path, _ in
            var limits = ServerLimits()
            limits.write = .seconds(1)
            try await withServer(limits, routes: { $0.serving(path) }) { server in
                let client = try await onThread {
                    let client = try RawClient(port: server.port, receiveBuffer: 8192)
                    try client.send("GET /file HTTP/1.1\r\nHost: a\r\n\r\n")
                    // The answer has begun, and far more of it is left than the two sockets hold.
                    _ = try client.receive()
                    return client
                }
                #expect(await eventually { openDescriptors(on: path) == 0 })
                withExtendedLifetime(client) {}
            }
        }
    }

    @Test("Answers that need no bytes leave no descriptor open")
    func withoutBytes() async throws {
        try await withFile(300_000) { path, _ in
            try await withServer(routes: { $0.serving(path) }) { server in
                try await onThread {
                    let client = try RawClient(port: server.port)
                    for _ in 0..<20 {
                        #expect(try client.ask("/file", method: "HEAD").status == 200)
                        #expect(try client.ask("/file", fields: [("If-None-Match", "*")]).status == 304)
                        #expect(try client.ask("/file", fields: [("Range", "bytes=999999-")]).status == 416)
                    }
                }
                #expect(await eventually { openDescriptors(on: path) == 0 })
            }
        }
    }

    @Test("A file cut short while it is sent ends the connection early, and is not filled up")
    func truncated() async throws {
        try await withFile(20_000_000) { path, bytes in
            try await withServer(routes: { $0.serving(path) }) { server in
                try await onThread {
                    let client = try RawClient(port: server.port, receiveBuffer: 8192)
                    try client.send("GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    var received = try client.receive(1000)
                    #expect(truncate(path, 10_000_000) == 0)
                    while let more = try? client.receive(), !more.isEmpty { received += more }
                    #expect(received.count < bytes.count)
                }
                #expect(await eventually { openDescriptors(on: path) == 0 })
            }
        }
    }

    @Test("Only regular files are opened")
    func notRegular() throws {
        #expect(throws: (any Error).self) { try OpenFile(path: "/tmp") }
        #expect(throws: (any Error).self) { try OpenFile(path: "/dev/null") }
        #expect(throws: (any Error).self) { try OpenFile(path: "/nowhere/at/all") }
    }

    @Test("nginx in front is told where the file is")
    func accelerated() async throws {
        try await withFile(1000) { path, _ in
            let routes: (Router<WireContext>) -> Void = { router in
                router.get("file") { request, context in
                    try await FileResponse(
                        try OpenFile(path: path),
                        contentType: "image/png",
                        entityTag: nil,
                        lastModified: nil,
                        disposition: .attachment(filename: "ä.png"),
                        delivery: .by(acceleratedPrefix: "/protected/", path: "image/7/a b?.png")
                    ).response(to: request, on: context.channel)
                }
            }
            try await withServer(routes: routes) { server in
                try await onThread {
                    let answer = try RawClient(port: server.port).ask("/file", fields: [("Range", "bytes=0-1")])
                    #expect(answer.status == 200 && answer.body.isEmpty)
                    #expect(answer["x-accel-redirect"] == "/protected/image/7/a%20b%3F.png")
                    #expect(answer["content-type"] == "image/png")
                }
            }
        }
    }
}

@Suite("Names of downloads")
struct ContentDispositionTests {
    @Test(
        "A name reaches the browser whole, and cannot break out of the field",
        arguments: [
            ("film.mp4", "attachment; filename=\"film.mp4\""),
            ("a b.mp4", "attachment; filename=\"a b.mp4\""),
            ("a\"b.mp4", "attachment; filename=\"a_b.mp4\"; filename*=UTF-8''a%22b.mp4"),
            ("ä€.mp4", "attachment; filename=\"__.mp4\"; filename*=UTF-8''%C3%A4%E2%82%AC.mp4"),
            ("100%41.txt", "attachment; filename=\"100_41.txt\"; filename*=UTF-8''100%2541.txt"),
            (
                "a\r\nSet-Cookie: x",
                "attachment; filename=\"a__Set-Cookie: x\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x"
            ),
            ("../../etc/passwd", "attachment; filename=\"passwd\""),
            ("C:\\films\\x.mp4", "attachment; filename=\"x.mp4\""),
            ("folder/", "attachment"), ("", "attachment"),
        ]
    )
    func names(name: String, expected: String) {
        #expect(ContentDisposition.attachment(filename: name).text == expected)
    }

    @Test("Without a name the kind stands alone")
    func kinds() {
        #expect(ContentDisposition.inline(filename: nil).text == "inline")
        #expect(ContentDisposition.inline(filename: "a.jpg").text == "inline; filename=\"a.jpg\"")
    }
}
