import CZlib
import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

@Suite("Compression of text")
struct CompressionTests {
    private static let page = String(repeating: "<p>Ein Absatz mit etwas Text.</p>\n", count: 400)

    private func application() -> some ApplicationProtocol {
        let router = Router(context: WireContext.self)
        router.add(middleware: CompressionMiddleware())
        let answers: [(RouterPath, String, HTTPFields, String)] = [
            ("page", "text/html; charset=utf-8", [.eTag: "\"p\"", .vary: "Cookie"], CompressionTests.page),
            ("small", "text/html", [:], "<p>small</p>"),
            ("events", "text/event-stream", [:], CompressionTests.page),
            ("picture", "image/png", [:], CompressionTests.page),
            ("encoded", "text/html", [.contentEncoding: "br"], CompressionTests.page),
            ("secret", "text/html", [.cacheControl: "no-store, no-transform"], CompressionTests.page),
            ("files", "text/plain", [.acceptRanges: "bytes"], CompressionTests.page),
            ("json", "application/problem+json", [:], CompressionTests.page),
        ]
        for (path, type, fields, text) in answers {
            router.on(path, method: .get) { _, _ in
                var headers = fields
                headers[.contentType] = type
                return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
            }
        }
        router.get("stream") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/csv"],
                body: .init { writer in
                    for _ in 0..<100 { try await writer.write(ByteBuffer(string: CompressionTests.page)) }
                    try await writer.finish(nil)
                }
            )
        }
        return Application(router: router, logger: quietLogger)
    }

    private func get(_ path: String, accepting: String? = "gzip, deflate, br") async throws -> TestResponse {
        try await application().test(.router) { client in
            var headers = HTTPFields()
            headers[.acceptEncoding] = accepting
            return try await client.execute(uri: path, method: .get, headers: headers)
        }
    }

    @Test("A page arrives small and unpacks to itself")
    func page() async throws {
        let answer = try await get("/page")
        #expect(answer.headers[.contentEncoding] == "gzip")
        #expect(answer.headers[.contentLength] == String(answer.body.readableBytes))
        #expect(answer.body.readableBytes < CompressionTests.page.utf8.count / 10)
        #expect(answer.headers[.vary] == "Cookie, Accept-Encoding")
        #expect(answer.headers[.eTag] == "W/\"p\"")
        #expect(try gunzip(answer.body) == CompressionTests.page)
    }

    @Test("A stream of text unpacks to itself, whatever its length")
    func stream() async throws {
        let answer = try await get("/stream")
        #expect(answer.headers[.contentEncoding] == "gzip" && answer.headers[.contentLength] == nil)
        #expect(try gunzip(answer.body) == String(repeating: CompressionTests.page, count: 100))
    }

    @Test(
        "Only who wants it gets it",
        arguments: [
            ("gzip", true), ("GZIP", true), ("x-gzip", true), ("*", true), ("br;q=1.0, gzip;q=0.2", true),
            ("gzip;q=0", false), ("*;q=0", false), ("identity", false), ("br", false), ("", false),
            ("gzip;q=0.5, identity;q=0.9", false), ("gzip;q=0, *", false), ("gzip;q=2", false),
        ]
    )
    func negotiation(field: String, isCompressed: Bool) async throws {
        let answer = try await get("/page", accepting: field)
        #expect((answer.headers[.contentEncoding] == "gzip") == isCompressed)
        #expect(answer.headers[.vary] == "Cookie, Accept-Encoding")
        if !isCompressed { #expect(String(buffer: answer.body) == CompressionTests.page) }
    }

    @Test("Without the field nothing is compressed")
    func noField() async throws {
        #expect(try await get("/page", accepting: nil).headers[.contentEncoding] == nil)
    }

    @Test("What should not be compressed is left alone", arguments: ["small", "events", "picture", "secret", "files"])
    func left(path: String) async throws {
        let answer = try await get("/\(path)")
        #expect(answer.headers[.contentEncoding] == nil && answer.headers[.vary] == nil)
    }

    @Test("What is encoded already is left alone; JSON of any kind is text")
    func others() async throws {
        #expect(try await get("/encoded").headers[.contentEncoding] == "br")
        #expect(try await get("/json").headers[.contentEncoding] == "gzip")
    }

    @Test("A file in memory is compressed once, with a tag of its own, and is not sent twice")
    func memory() async throws {
        let bytes = ByteBuffer(string: CompressionTests.page)
        let style = try MemoryResponse(bytes, contentType: "text/css", hash: "h", headers: [.cacheControl: "immutable"])
        let picture = try MemoryResponse(bytes, contentType: "image/png", hash: "i")
        func request(_ fields: HTTPFields, method: HTTPRequest.Method = .get) -> Request {
            let head = HTTPRequest(method: method, scheme: "http", authority: "a", path: "/", headerFields: fields)
            return Request(head: head, body: .init(buffer: ByteBuffer()))
        }
        let plain = style.response(to: request([.range: "bytes=0-1"]))
        #expect(plain.status == .ok && plain.body.contentLength == bytes.readableBytes)
        #expect(plain.headers[.eTag] == "\"h\"" && plain.headers[.vary] == "Accept-Encoding")
        let packed = style.response(to: request([.acceptEncoding: "gzip"]))
        #expect(packed.headers[.eTag] == "\"h-gzip\"" && packed.headers[.contentEncoding] == "gzip")
        let head = style.response(to: request([.acceptEncoding: "gzip"], method: .head))
        #expect(head.headers[.contentLength] == packed.headers[.contentLength] && head.body.contentLength == 0)
        let again = style.response(to: request([.acceptEncoding: "gzip", .ifNoneMatch: "\"h-gzip\""]))
        #expect(again.status == .notModified && again.headers[.cacheControl] == "immutable")
        let other = picture.response(to: request([.acceptEncoding: "gzip"]))
        #expect(other.headers[.contentEncoding] == nil && other.headers[.vary] == nil)
    }
}

/// Unpacked by zlib itself, as a string.
private func gunzip(_ buffer: ByteBuffer) throws -> String {
    var input = Array(buffer.readableBytesView)
    var output = [UInt8](repeating: 0, count: 4 << 20)
    var stream = z_stream()
    let written = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else {
                return 0
            }
            defer { inflateEnd(&stream) }
            stream.next_in = source.baseAddress
            stream.avail_in = uInt(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = uInt(target.count)
            guard inflate(&stream, Z_FINISH) == Z_STREAM_END else { return 0 }
            return Int(stream.total_out)
        }
    }
    return String(decoding: output.prefix(written), as: UTF8.self)
}
