import Foundation
import Hummingbird
import NIOCore
import Testing

@testable import Web

@Suite("Refusing early")
struct RefusalTests {
    private static let gigantic = "Content-Length: 20000000000"

    @Test(
        "A refused upload gets its answer before its body is sent",
        arguments: [gigantic, "Transfer-Encoding: chunked"]
    )
    func refusedUpload(framing: String) async throws {
        try await withServer(routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                try client.send("POST /refused HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n")
                if framing != RefusalTests.gigantic { try client.send("5\r\nabcde\r\n") }
                let answer = try client.receiveAnswer()
                #expect(answer.status == 413 && answer["connection"] == "close" && answer.text == "no")
            }
        }
    }

    @Test("A client that keeps on sending can still read its answer, and is cut off after a bounded number of bytes")
    func stubbornClient() async throws {
        var limits = ServerLimits()
        limits.linger = .seconds(3)
        try await withServer(limits, routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                try client.send("POST /refused HTTP/1.1\r\nHost: a\r\n\(RefusalTests.gigantic)\r\n\r\n")
                // What fits into the buffers of two sockets and the little that the server reads.
                let sent = client.flood(1 << 30, seconds: 0.4)
                #expect(sent < 32 << 20, "the server swallowed \(sent) bytes")
                #expect(try client.receiveAnswer().status == 413)
                let end = Date().addingTimeInterval(20)
                _ = client.flood(1 << 30, seconds: 20)
                #expect(Date() < end, "the server did not end the connection")
            }
        }
    }

    @Test("A small body that nobody read does not cost the connection")
    func smallRest() async throws {
        try await withServer(routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                for _ in 0..<3 {
                    let body = String(repeating: "z", count: 20_000)
                    try client.send("POST /refused HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n\(body)")
                    let answer = try client.receiveAnswer()
                    #expect(answer.status == 413 && answer["connection"] == nil)
                }
                #expect(try client.ask("/number/5").text == "5")
            }
        }
    }

    @Test("Beyond the cap a connection is told so; when one leaves, the next may come")
    func connectionCap() async throws {
        var limits = ServerLimits()
        limits.connections = 2
        try await withServer(limits, routes: { $0.echoing() }) { server in
            let first = try await onThread {
                let first = try RawClient(port: server.port)
                #expect(try first.ask("/number/1").text == "1")
                let second = try RawClient(port: server.port)
                #expect(try second.ask("/number/2").text == "2")
                let third = try RawClient(port: server.port)
                let answer = try third.receiveAnswer()
                #expect(answer.status == 503 && answer["retry-after"] == "5")
                #expect(third.isClosedByServer())
                return first
            }
            #expect(
                try await eventually {
                    try await onThread {
                        let next = try RawClient(port: server.port)
                        // Refused again while the one before is leaving, it may be cut off instead of told.
                        return (try? next.ask("/number/4").status) == 200
                    }
                }
            )
            withExtendedLifetime(first) {}
        }
    }
}
