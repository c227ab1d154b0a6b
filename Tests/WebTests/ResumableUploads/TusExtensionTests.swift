import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Web

/// The extensions creation-defer-length and checksum.
struct TusExtensionTests {
    private let store = MemoryUploadStore()
    private var uploads: ResumableUploads<MemoryUploadStore> {
        ResumableUploads(store) { Link(path: "uploads", $0) }
    }

    private func request(
        _ method: HTTPRequest.Method,
        _ headers: [HTTPField.Name: String],
        _ body: RequestBody = RequestBody(buffer: ByteBuffer())
    ) -> Request {
        var fields: HTTPFields = [.tusResumable: "1.0.0"]
        for (name, value) in headers { fields[name] = value }
        return Request(
            head: .init(method: method, scheme: nil, authority: nil, path: "/uploads", headerFields: fields),
            body: body
        )
    }

    private func create(_ headers: [HTTPField.Name: String], _ text: String = "") async throws -> Response {
        try await uploads.create(request(.post, sending(text, headers), body(text)), by: "uma")
    }

    private func patch(
        at offset: Int,
        _ text: String,
        _ headers: [HTTPField.Name: String] = [:]
    ) async throws -> Response {
        let headers = headers.merging([.uploadOffset: "\(offset)"]) { $1 }
        return try await uploads.append(to: "u1", request(.patch, sending(text, headers), body(text)), by: "uma")
    }

    private func sending(_ text: String, _ headers: [HTTPField.Name: String]) -> [HTTPField.Name: String] {
        headers.merging([.contentType: "application/offset+octet-stream", .contentLength: "\(text.utf8.count)"]) { $1 }
    }

    private func body(_ text: String) -> RequestBody { RequestBody(buffer: ByteBuffer(string: text)) }

    private func sha1(_ text: String) -> String {
        "sha1 " + Data(Insecure.SHA1.hash(data: Data(text.utf8))).base64EncodedString()
    }

    private func sha256(_ text: String) -> String {
        "sha256 " + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }

    @Test("TUS-DEFER-2 TUS-DEFER-3: a length that is told with the last bytes")
    func deferred() async throws {
        let created = try await create([.uploadDeferLength: "1"], "012")
        #expect(created.status == .created && created.headers[.uploadOffset] == "3")
        let head = try await uploads.status(of: "u1", request(.head, [:]), by: "uma")
        #expect(head.headers[.uploadDeferLength] == "1" && head.headers[.uploadLength] == nil)
        #expect(try await patch(at: 3, "34").headers[.mediaLocation] == nil)
        let last = try await patch(at: 5, "56", [.uploadLength: "7"])
        #expect(last.headers[.uploadOffset] == "7" && last.headers[.mediaLocation] == "/media/u1")
        let after = try await uploads.status(of: "u1", request(.head, [:]), by: "uma")
        #expect(after.headers[.uploadLength] == "7" && after.headers[.uploadDeferLength] == nil)
        #expect(await store.bytes("u1") == Array("0123456".utf8))
    }

    @Test("TUS-DEFER-3: an upload whose bytes are all here ends with a length and no bytes")
    func lengthAlone() async throws {
        _ = try await create([.uploadDeferLength: "1"], "012")
        #expect(try await patch(at: 3, "", [.uploadLength: "3"]).headers[.mediaLocation] == "/media/u1")
    }

    @Test(
        "TUS-DEFER-3 TUS-DEFER-4: lengths that do not fit change nothing",
        arguments: [
            ("2", RequestProblem.uploadLengthUnfit), ("-1", .uploadLengthUnfit), ("", .uploadLengthUnfit),
            ("ten", .uploadLengthUnfit), ("1000001", .uploadTooLarge), ("99999999999999999999999", .uploadTooLarge),
            ("4", .uploadOverrun),
        ] as [(String, RequestProblem)]
    )
    func unfit(length: String, problem: RequestProblem) async throws {
        _ = try await create([.uploadDeferLength: "1"], "012")
        await #expect(throws: problem) { try await patch(at: 3, "34", [.uploadLength: length]) }
        #expect(try await store.find("u1", by: "uma").length == nil)
        #expect(await store.bytes("u1") == Array("012".utf8))
    }

    @Test("TUS-DEFER-3: a length that was told stays; the same may be told again")
    func settled() async throws {
        _ = try await create([.uploadLength: "9"])
        await #expect(throws: RequestProblem.uploadLengthUnfit) { try await patch(at: 0, "012", [.uploadLength: "8"]) }
        #expect(try await patch(at: 0, "012", [.uploadLength: "9"]).headers[.uploadOffset] == "3")
    }

    @Test("TUS-CHECKSUM-2 TUS-CHECKSUM-3: what fits its checksum is stored, what does not is dropped")
    func checksums() async throws {
        _ = try await create([.uploadLength: "9", .uploadChecksum: sha256("012")], "012")
        for wrong in [sha1("345"), sha256("345"), sha1(""), sha256("3456")] {
            await #expect(throws: RequestProblem.uploadChecksumMismatch) {
                try await patch(at: 3, "346", [.uploadChecksum: wrong])
            }
            #expect(await store.bytes("u1") == Array("012".utf8))
        }
        #expect(RequestProblem.uploadChecksumMismatch.status.code == 460)
        #expect(try await patch(at: 3, "345", [.uploadChecksum: sha1("345")]).headers[.uploadOffset] == "6")
        #expect(try await patch(at: 6, "", [.uploadChecksum: sha1("")]).headers[.uploadOffset] == "6")
        let last = try await patch(at: 6, "678", [.uploadChecksum: sha256("678")])
        #expect(last.headers[.mediaLocation] == "/media/u1")
        #expect(await store.bytes("u1") == Array("012345678".utf8))
    }

    @Test(
        "TUS-CHECKSUM-4: what is no checksum is refused before a byte is read",
        arguments: [
            "md5 1B2M2Y8AsgTpgAmY7PhCfg==", "SHA1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "sha1", "sha1 ", "",
            "sha1  2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk", "sha1 2jmj7l5rSw0y",
            "sha256 2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk= x", "sha1 !!!!",
        ]
    )
    func unknown(checksum: String) async throws {
        _ = try await create([.uploadLength: "3"])
        await #expect(throws: RequestProblem.uploadChecksum) {
            try await patch(at: 0, "012", [.uploadChecksum: checksum])
        }
        await #expect(throws: RequestProblem.uploadChecksum) {
            try await create([.uploadLength: "3", .uploadChecksum: checksum], "012")
        }
        #expect(await store.bytes("u1") == [])
        #expect(await store.count == 1)
        #expect(RequestProblem.uploadChecksum.status == .badRequest)
    }

    @Test("TUS-CHECKSUM-5: a creation whose bytes are not what was sent makes nothing")
    func creation() async throws {
        await #expect(throws: RequestProblem.uploadChecksumMismatch) {
            try await create([.uploadLength: "3", .uploadChecksum: sha1("other")], "012")
        }
        #expect(await store.count == 0)
    }

    @Test("TUS-CHECKSUM-6: a chunk with a checksum that breaks off, or goes on too long, leaves nothing")
    func interrupted() async throws {
        struct Gone: Error {}
        _ = try await create([.uploadLength: "9"])
        let endings: [([String], any Error)] = [
            (["01", "23"], Gone()), (["01234", "56789"], RequestProblem.uploadOverrun),
        ]
        for (pieces, error) in endings {
            let source = AsyncThrowingStream<ByteBuffer, any Error> { stream in
                for piece in pieces { stream.yield(ByteBuffer(string: piece)) }
                stream.finish(throwing: error)
            }
            let headers: [HTTPField.Name: String] = [
                .uploadOffset: "0", .contentType: "application/offset+octet-stream", .uploadChecksum: sha1("0123"),
            ]
            let cut = request(.patch, headers, RequestBody(asyncSequence: source))
            await #expect(throws: (any Error).self) { try await uploads.append(to: "u1", cut, by: "uma") }
            #expect(await store.bytes("u1") == [])
        }
    }
}
