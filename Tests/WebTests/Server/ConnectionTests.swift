import Foundation
import Hummingbird
import NIOCore
import Testing

@testable import Web

@Suite("Connections of HTTP/1.1")
struct ConnectionTests {
    @Test("Requests sent in one go are answered in order")
    func pipelining() async throws {
        try await withServer(routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                var requests = ""
                for number in 0..<50 {
                    let body = String(repeating: "x", count: number * 37)
                    requests += "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n\(body)"
                    requests += "GET /number/\(number) HTTP/1.1\r\nHost: a\r\n\r\n"
                }
                try client.send(requests)
                for number in 0..<50 {
                    #expect(try client.receiveAnswer().body.count == number * 37)
                    #expect(try client.receiveAnswer().text == "\(number)")
                }
            }
        }
    }

    @Test("A request in pieces, down to single bytes, is understood")
    func dribble() async throws {
        try await withServer(routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                for byte in Array(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".utf8
                ) {
                    try client.send([byte])
                }
                #expect(try client.receiveAnswer().text == "abc")
            }
        }
    }

    @Test("Connection: close is kept, however it is written", arguments: ["close", "Close", "TE, close"])
    func connectionClose(value: String) async throws {
        try await withServer(routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                let answer = try client.ask("/number/7", fields: [("Connection", value)])
                #expect(answer.text == "7" && answer["connection"] == "close")
                #expect(client.isClosedByServer())
            }
        }
    }

    @Test("HTTP/1.0 gets no chunks, and keeps the connection only when it asks to")
    func oldVersion() async throws {
        try await withServer(routes: { $0.echoing() }) { server in
            try await onThread {
                let plain = try RawClient(port: server.port)
                try plain.send("GET /stream HTTP/1.0\r\n\r\n")
                let streamed = try plain.receiveAnswer()
                #expect(streamed.version == "HTTP/1.0" && streamed["transfer-encoding"] == nil)
                #expect(streamed.text == "onetwo" && streamed["connection"] == "close")
                let keeping = try RawClient(port: server.port)
                for number in 0..<2 {
                    try keeping.send("GET /number/\(number) HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    let answer = try keeping.receiveAnswer()
                    #expect(answer.text == "\(number)" && answer["connection"] == "keep-alive")
                }
            }
        }
    }

    @Test("HEAD of a page whose length is not known leaves the connection clean")
    func headOfStream() async throws {
        try await withServer(routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                #expect(try client.ask("/stream", method: "HEAD").status == 200)
                #expect(try client.ask("/number/3").text == "3")
                let streamed = try client.ask("/stream")
                #expect(streamed.text == "onetwo" && streamed["transfer-encoding"] == "chunked")
                #expect(try client.ask("/nothing")["content-length"] == nil)
                #expect(try client.ask("/number/4").text == "4")
            }
        }
    }

    @Test(
        "What is no request is answered 400, and the connection ends",
        arguments: [
            "HELLO\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        ]
    )
    func malformed(request: String) async throws {
        try await withServer(routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                try client.send(request)
                let answer = try client.receiveAnswer()
                #expect(answer.status == 400 && answer["connection"] == "close")
                #expect(client.isClosedByServer())
            }
        }
    }

    @Test("A head that is too large or has too many fields is answered 431")
    func largeHead() async throws {
        var limits = ServerLimits()
        limits.headBytes = 4096
        limits.fields = 20
        try await withServer(limits, routes: { $0.echoing() }) { server in
            try await onThread {
                let large = try RawClient(port: server.port)
                let field = String(repeating: "y", count: 5000)
                #expect(try large.ask("/number/1", fields: [("X-Large", field)]).status == 431)
                let many = try RawClient(port: server.port)
                let fields = (0..<30).map { ("X-\($0)", "y") }
                #expect(try many.ask("/number/1", fields: fields).status == 431)
                let enough = try RawClient(port: server.port)
                #expect(try enough.ask("/number/1", fields: Array(fields.prefix(10))).status == 200)
            }
        }
    }

    @Test("A client that waits for 100 gets it when its body is wanted, and not before")
    func expectContinue() async throws {
        try await withServer(routes: { $0.echoing() }) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                let head = "Host: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
                try client.send("POST /echo HTTP/1.1\r\n\(head)")
                #expect(try client.receiveAnswer().status == 100)
                try client.send("abc")
                #expect(try client.receiveAnswer().text == "abc")
                try client.send("POST /refused HTTP/1.1\r\n\(head)")
                let refusal = try client.receiveAnswer()
                #expect(refusal.status == 413 && refusal["connection"] == "close")
                #expect(client.isClosedByServer())
            }
        }
    }

    @Test("An endless answer ends when its client leaves")
    func endlessAnswer() async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        let routes: (Router<WireContext>) -> Void = { router in
            router.get("events") { request, _ in
                Response(
                    status: .ok,
                    body: .init { writer in
                        defer { continuation.yield() }
                        try await writer.write(ByteBuffer(string: "begin"))
                        try await request.body.consumeWithCancellationOnInboundClose { _ in
                            try await Task.sleep(for: .seconds(60))
                        }
                        try await writer.finish(nil)
                    }
                )
            }
        }
        try await withServer(routes: routes) { server in
            try await onThread {
                let client = try RawClient(port: server.port)
                try client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try client.receive()
            }
            _ = await ends.first { _ in true }
        }
    }

    @Test("An upload that breaks off is an error to its handler, never a short file")
    func brokenUpload() async throws {
        let (outcomes, continuation) = AsyncStream.makeStream(of: String.self)
        let routes: (Router<WireContext>) -> Void = { router in
            router.post("upload") { request, _ in
                do {
                    var count = 0
                    for try await part in request.body { count += part.readableBytes }
                    continuation.yield("complete with \(count)")
                } catch {
                    continuation.yield("broken")
                }
                return Response(status: .noContent)
            }
        }
        try await withServer(routes: routes) { server in
            for framing in ["Content-Length: 100", "Transfer-Encoding: chunked"] {
                try await onThread {
                    let client = try RawClient(port: server.port)
                    try client.send("POST /upload HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n5\r\nabcde\r\n")
                }
                #expect(await outcomes.first { _ in true } == "broken", "\(framing)")
            }
        }
    }
}

extension Router<WireContext> {
    func echoing() {
        post("echo") { request, _ in
            let body = try await request.body.collect(upTo: 1_000_000)
            return Response(status: .ok, body: .init(byteBuffer: body))
        }
        post("refused") { _, _ in Response(status: .contentTooLarge, body: .init(byteBuffer: ByteBuffer(string: "no")))
        }
        get("number/:number") { _, context in try context.parameters.require("number") }
        get("nothing") { _, _ in Response(status: .noContent) }
        for method in [HTTPRequest.Method.get, .head] {
            on("stream", method: method) { _, _ in
                Response(
                    status: .ok,
                    body: .init { writer in
                        try await writer.write(ByteBuffer(string: "one"))
                        try await writer.write(ByteBuffer(string: "two"))
                        try await writer.finish(nil)
                    }
                )
            }
        }
    }
}
