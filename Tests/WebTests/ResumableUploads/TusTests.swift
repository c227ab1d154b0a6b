import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

struct TusTests {
    private let store = MemoryUploadStore()

    private func app() -> some ApplicationProtocol {
        let router = Router()
        let uploads = ResumableUploads(store) { Link(path: "uploads", $0) }
        let caller = { @Sendable (request: Request) in request.headers[.authorization] ?? "uma" }
        router.on("/uploads", method: .options) { _, _ in try await uploads.capabilities() }
        router.post("/uploads") { request, _ in try await uploads.create(request, by: caller(request)) }
        router.on("/uploads/:id", method: .head) { request, context in
            try await uploads.status(of: context.parameters.require("id"), request, by: caller(request))
        }
        router.patch("/uploads/:id") { request, context in
            try await uploads.append(to: context.parameters.require("id"), request, by: caller(request))
        }
        router.delete("/uploads/:id") { request, context in
            try await uploads.terminate(context.parameters.require("id"), request, by: caller(request))
        }
        router.post("/uploads/:id") { _, _ in "posted" }
        router.post("/media/:id") { _, _ in "posted" }
        router.patch("/media/:id") { _, _ in "patched" }
        return Application(responder: UploadEdge(router.buildResponder(), under: "/uploads"))
    }

    private struct Client {
        let client: any TestClientProtocol

        func send(
            _ method: HTTPRequest.Method,
            _ uri: String = "/uploads",
            _ headers: [String: String] = [:],
            version: String? = "1.0.0",
            body: String? = nil
        ) async throws -> TestResponse {
            var fields = HTTPFields()
            fields[.tusResumable] = version
            for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
            let response = try await client.execute(
                uri: uri,
                method: method,
                headers: fields,
                body: body.map { ByteBuffer(string: $0) }
            )
            #expect(response.headers[.tusResumable] == "1.0.0", "TUS-VERSION-1")
            return response
        }

        func patch(_ uri: String, at offset: Int, _ body: String) async throws -> TestResponse {
            try await send(
                .patch,
                uri,
                ["Upload-Offset": "\(offset)", "Content-Type": "application/offset+octet-stream"],
                body: body
            )
        }
    }

    private func test(_ body: @Sendable (Client) async throws -> Void) async throws {
        try await app().test(.router) { try await body(Client(client: $0)) }
    }

    @Test(
        "TUS-OPTIONS-1 TUS-CHECKSUM-1 TUS-VERSION-3: OPTIONS tells what the server can do, whatever version the client speaks"
    )
    func options() async throws {
        try await test { client in
            for version in ["1.0.0", "0.2.2", nil] {
                let response = try await client.send(.options, version: version)
                #expect(response.status == .noContent)
                #expect(response.headers[.tusVersion] == "1.0.0")
                let extensions = "creation,creation-defer-length,creation-with-upload,checksum,expiration,termination"
                #expect(response.headers[.tusExtension] == extensions)
                #expect(response.headers[.tusChecksumAlgorithm] == "sha1,sha256")
                #expect(response.headers[.tusMaxSize] == "1000000")
            }
        }
    }

    @Test("TUS-CREATE-1 TUS-HEAD-1 TUS-HEAD-2 TUS-HEAD-4 TUS-PATCH-3 TUS-COMPLETE-1 TUS-EXPIRE-1: a file in two pieces")
    func twoPieces() async throws {
        try await test { client in
            let metadata = "filename ZsO8ci5tcDQ=, title,visibility cHJpdmF0ZQ=="
            let created = try await client.send(
                .post,
                "/uploads",
                ["Upload-Length": "10", "Upload-Metadata": metadata]
            )
            #expect(created.status == .created)
            let location = try #require(created.headers[.location])
            #expect(location == "/uploads/u1")

            let fresh = try await client.send(.head, location)
            #expect(fresh.status == .ok)
            #expect(fresh.headers[.uploadOffset] == "0")
            #expect(fresh.headers[.uploadLength] == "10")
            #expect(fresh.headers[.uploadMetadata] == metadata)
            #expect(fresh.headers[.cacheControl] == "no-store")
            #expect(fresh.headers[.uploadExpires] == "Sun, 06 Nov 1994 08:49:37 GMT")

            let first = try await client.patch(location, at: 0, "01234")
            #expect(first.status == .noContent)
            #expect(first.headers[.uploadOffset] == "5")
            #expect(first.headers[.mediaLocation] == nil)
            let second = try await client.patch(location, at: 5, "56789")
            #expect(second.headers[.uploadOffset] == "10")
            #expect(second.headers[.mediaLocation] == "/media/u1")
            #expect(second.headers[.uploadExpires] == nil)
            #expect(await store.bytes("u1") == Array("0123456789".utf8))
        }
    }

    @Test(
        "TUS-VERSION-1 TUS-VERSION-2: another version is refused, and nothing is done",
        arguments: ["0.2.2", "1.0", "", nil]
    )
    func version(_ version: String?) async throws {
        try await test { client in
            _ = try await client.send(.post, "/uploads", ["Upload-Length": "3"])
            let octets = ["Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"]
            for (method, uri, headers) in [
                (.post, "/uploads", ["Upload-Length": "3"]), (.head, "/uploads/u1", [:]),
                (.patch, "/uploads/u1", octets),
                (.delete, "/uploads/u1", [:]),
            ] as [(HTTPRequest.Method, String, [String: String])] {
                let response = try await client.send(method, uri, headers, version: version, body: "abc")
                #expect(response.status == .preconditionFailed)
                #expect(response.headers[.tusVersion] == "1.0.0")
            }
            #expect(await store.count == 1)
            #expect(await store.bytes("u1") == [])
            #expect(try await client.send(.get, "/uploads/u1/nothing").status == .notFound)
        }
    }

    @Test(
        "TUS-CREATE-2 TUS-CREATE-3 TUS-CREATE-4 TUS-DEFER-1: lengths",
        arguments: [
            ([:], 400), (["Upload-Length": "0"], 201), (["Upload-Length": "1000000"], 201),
            (["Upload-Length": "1000001"], 413), (["Upload-Length": "99999999999999999999999"], 413),
            (["Upload-Length": "-1"], 400), (["Upload-Length": "+1"], 400), (["Upload-Length": "1.5"], 400),
            (["Upload-Length": "0x10"], 400), (["Upload-Length": "١"], 400), (["Upload-Length": "1 2"], 400),
            (["Upload-Length": "1, 2"], 400), (["Upload-Length": ""], 400),
            (["Upload-Defer-Length": "1"], 201), (["Upload-Defer-Length": "2"], 400),
            (["Upload-Defer-Length": ""], 400),
            (["Upload-Length": "1", "Upload-Defer-Length": "1"], 400),
        ] as [([String: String], Int)]
    )
    func lengths(headers: [String: String], status: Int) async throws {
        try await test { client in
            let response = try await client.send(.post, "/uploads", headers)
            #expect(response.status.code == status)
            #expect(await store.count == (status == 201 ? 1 : 0))
        }
    }

    @Test("TUS-CREATE-5: an upload of length 0 is complete at once")
    func empty() async throws {
        try await test { client in
            let response = try await client.send(.post, "/uploads", ["Upload-Length": "0"])
            #expect(response.status == .created)
            #expect(response.headers[.uploadOffset] == "0")
            #expect(response.headers[.mediaLocation] == "/media/u1")
        }
    }

    @Test(
        "TUS-CREATE-6: metadata",
        arguments: [
            ("filename YQ==", true), ("a", true), ("a ", true), ("a YQ==,b", true), ("a YQ==, b Yg==", true),
            ("", false),
            (",", false), ("a YQ==,", false), ("a YQ==,a Yg==", false), ("a  YQ==", false), ("a YQ", false),
            ("a Y$==", false),
            ("a YQ== YQ==", false), ("é YQ==", false), ("a /w==", false), ("a AA==", false), ("a YR==", false),
            (" YQ==", true),
            ("a " + String(repeating: "YWFh", count: 3000), false),
            ((0..<33).map { "k\($0)" }.joined(separator: ","), false),
            ((0..<32).map { "k\($0)" }.joined(separator: ","), true),
        ]
    )
    func metadata(header: String, isValid: Bool) async throws {
        try await test { client in
            let response = try await client.send(.post, "/uploads", ["Upload-Length": "1", "Upload-Metadata": header])
            #expect(response.status.code == (isValid ? 201 : 400))
            #expect(await store.count == (isValid ? 1 : 0))
        }
    }

    @Test("TUS-CREATE-6: what was told is understood")
    func understood() throws {
        let metadata = try UploadMetadata("filename ZsO8ci5tcDQ=,title")
        #expect(metadata["filename"] == "für.mp4")
        #expect(metadata["title"] == "")
        #expect(metadata["visibility"] == nil)
    }

    @Test("TUS-WITH-UPLOAD-1 TUS-WITH-UPLOAD-2: a body that comes with the creation")
    func withUpload() async throws {
        try await test { client in
            let type = ["Content-Type": "application/offset+octet-stream"]
            let part = try await client.send(
                .post,
                "/uploads",
                type.merging(["Upload-Length": "10"]) { $1 },
                body: "01234"
            )
            #expect(part.status == .created)
            #expect(part.headers[.uploadOffset] == "5")
            let whole = try await client.send(
                .post,
                "/uploads",
                type.merging(["Upload-Length": "3"]) { $1 },
                body: "abc"
            )
            #expect(whole.headers[.mediaLocation] == "/media/u2")
            let none = try await client.send(.post, "/uploads", type.merging(["Upload-Length": "3"]) { $1 })
            #expect(none.headers[.uploadOffset] == "0")

            let other = try await client.send(
                .post,
                "/uploads",
                ["Upload-Length": "3", "Content-Type": "text/plain"],
                body: "abc"
            )
            #expect(other.status == .unsupportedMediaType)
            let untyped = try await client.send(.post, "/uploads", ["Upload-Length": "3"], body: "abc")
            #expect(untyped.status == .unsupportedMediaType)
            let long = try await client.send(
                .post,
                "/uploads",
                type.merging(["Upload-Length": "3"]) { $1 },
                body: "abcd"
            )
            #expect(long.status == .contentTooLarge)
        }
    }

    @Test("TUS-PATCH-1 TUS-PATCH-2 TUS-PATCH-4 TUS-PATCH-6 TUS-PATCH-7: what PATCH refuses changes nothing")
    func patchRefused() async throws {
        try await test { client in
            _ = try await client.send(.post, "/uploads", ["Upload-Length": "10"])
            _ = try await client.patch("/uploads/u1", at: 0, "012")
            let octets = "application/offset+octet-stream"
            for (offset, type, body, status) in [
                ("3", "application/octet-stream", "345", 415), ("3", nil, "345", 415),
                ("3", "\(octets); x=y", "345", 415),
                ("0", octets, "345", 409), ("4", octets, "345", 409), ("99999999999999999999", octets, "345", 409),
                (nil, octets, "345", 400), ("-3", octets, "345", 400), ("", octets, "345", 400),
                ("3a", octets, "345", 400),
                ("3", octets, "34567890", 413),
            ] as [(String?, String?, String, Int)] {
                var headers: [String: String] = [:]
                headers["Upload-Offset"] = offset
                headers["Content-Type"] = type
                let response = try await client.send(.patch, "/uploads/u1", headers, body: body)
                #expect(response.status.code == status, "\(offset ?? "-") \(type ?? "-")")
                #expect(await store.bytes("u1") == Array("012".utf8))
            }
            #expect(try await client.patch("/uploads/u9", at: 0, "x").status == .notFound)
            #expect(try await client.patch("/uploads/u1", at: 3, "").headers[.uploadOffset] == "3")
        }
    }

    @Test("TUS-PATCH-6: of a body without a declared length what fits is kept, and then it is refused")
    func overrun() async throws {
        let pieces = ["0123", "45", "6789", "more"].map { ByteBuffer(string: $0) }
        let source = AsyncStream<ByteBuffer> { stream in
            for piece in pieces { stream.yield(piece) }
            stream.finish()
        }
        let body = UploadBody(reader: BodyReader(RequestBody(asyncSequence: source)), left: 8)
        var kept = ""
        await #expect(throws: RequestProblem.uploadOverrun) {
            for try await piece in body { kept += String(buffer: piece) }
        }
        #expect(kept == "01234567")
    }

    @Test("TUS-PATCH-5: what came before a connection broke is kept, and the upload goes on from there")
    func interrupted() async throws {
        struct Gone: Error {}
        let source = AsyncThrowingStream<ByteBuffer, any Error> { stream in
            stream.yield(ByteBuffer(string: "0123"))
            stream.finish(throwing: Gone())
        }
        let uploads = ResumableUploads(store) { Link(path: "uploads", $0) }
        try await test { client in
            _ = try await client.send(.post, "/uploads", ["Upload-Length": "6"])
            let request = Request(
                head: .init(
                    method: .patch,
                    scheme: nil,
                    authority: nil,
                    path: "/uploads/u1",
                    headerFields: [
                        .tusResumable: "1.0.0", .uploadOffset: "0", .contentType: "application/offset+octet-stream",
                        .contentLength: "6",
                    ]
                ),
                body: RequestBody(asyncSequence: source)
            )
            await #expect(throws: Gone.self) { try await uploads.append(to: "u1", request, by: "uma") }
            #expect(try await client.send(.head, "/uploads/u1").headers[.uploadOffset] == "4")
            #expect(try await client.patch("/uploads/u1", at: 4, "45").headers[.mediaLocation] == "/media/u1")
        }
    }

    @Test("TUS-HEAD-3 TUS-TERMINATE-1 TUS-TERMINATE-2: an upload that ended, or is somebody else's, does not exist")
    func terminate() async throws {
        try await test { client in
            _ = try await client.send(.post, "/uploads", ["Upload-Length": "6"])
            let stranger = try await client.send(.head, "/uploads/u1", ["Authorization": "otto"])
            #expect(stranger.status == .notFound)
            #expect(stranger.headers[.uploadOffset] == nil)
            #expect(try await client.send(.delete, "/uploads/u1", ["Authorization": "otto"]).status == .notFound)

            #expect(try await client.send(.delete, "/uploads/u1").status == .noContent)
            for method in [HTTPRequest.Method.head, .delete] {
                let gone = try await client.send(method, "/uploads/u1")
                #expect(gone.status == .notFound)
                #expect(gone.headers[.uploadOffset] == nil)
            }
        }
    }

    @Test("TUS-OVERRIDE-1: the method that a tus client means is believed under its path, and nowhere else")
    func methodOverride() async throws {
        try await test { client in
            _ = try await client.send(.post, "/uploads", ["Upload-Length": "3"])
            let override = { (method: String) in ["X-HTTP-Method-Override": method, "Upload-Offset": "0"] }
            let type = ["Content-Type": "application/offset+octet-stream"]
            let patched = try await client.send(
                .post,
                "/uploads/u1",
                override("PATCH").merging(type) { $1 },
                body: "abc"
            )
            #expect(patched.status == .noContent)
            #expect(await store.bytes("u1") == Array("abc".utf8))
            #expect(try await client.send(.post, "/uploads/u1", override("HEAD")).headers[.uploadOffset] == "3")
            for method in ["patch", "TRACE", "GET", ""] {
                #expect(String(buffer: try await client.send(.post, "/uploads/u1", override(method)).body) == "posted")
            }
            let untold = try await client.send(.post, "/uploads/u1", override("DELETE"), version: nil)
            #expect(String(buffer: untold.body) == "posted")
            #expect(try await client.send(.get, "/uploads/u1", override("DELETE")).status == .notFound)
            #expect(try await client.send(.post, "/uploads/u1", override("DELETE")).status == .noContent)

            let elsewhere = try await client.client.execute(
                uri: "/media/1",
                method: .post,
                headers: [.tusResumable: "1.0.0", .methodOverride: "PATCH"]
            )
            #expect(String(buffer: elsewhere.body) == "posted")
            #expect(elsewhere.headers[.tusResumable] == nil)
        }
    }

    @Test("Every requirement stands in the name of a test")
    func complete() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        // What needs the real uploads stands in the tests of Core.
        let core = "../../CoreTests/UploadsTests"
        let files = [
            "TusTests.swift", "TusExtensionTests.swift", "\(core)/UploadChunkTests.swift",
            "\(core)/UploadHoldTests.swift",
        ]
        let source = try files.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
        let names = source.split(separator: "\n").filter { $0.contains("\"TUS-") }.joined(separator: " ")
        for id in tusRequirements.keys { #expect(names.contains("\(id) ") || names.contains("\(id):"), "\(id)") }
    }
}
