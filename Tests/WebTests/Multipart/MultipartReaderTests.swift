import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Web

struct MultipartReaderTests {
    private static let file = "Content-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"

    @Test(
        "The boundary must be one",
        arguments: [
            ("multipart/form-data; boundary=B", 200), ("multipart/form-data; boundary=\"a b\"", 400),
            ("multipart/form-data; boundary=\"B\"", 200), ("Multipart/Form-Data; charset=utf-8; BOUNDARY=B", 200),
            ("multipart/form-data", 400), ("multipart/form-data; boundary=", 400),
            ("multipart/form-data; boundary=\"", 415),
            ("multipart/form-data; boundary=\"B \"", 400), ("multipart/form-data; boundary=ü", 400),
            ("multipart/form-data; boundary=" + String(repeating: "x", count: 71), 400),
            ("multipart/mixed; boundary=B", 415), ("text/plain", 415),
        ]
    )
    func boundaries(type: String, status: Int) async throws {
        let router = Router()
        router.post("/") { request, _ in
            let reader = try MultipartReader(request)
            while try await reader.next() != nil {}
            return "read"
        }
        try await Application(router: router).test(.router) { client in
            let body = ByteBuffer(string: "--B\r\n\(Self.file)x\r\n--B--")
            let response = try await client.execute(
                uri: "/",
                method: .post,
                headers: [.contentType: type],
                body: body
            )
            #expect(response.status.code == status)
        }
    }

    @Test("A file is read as fast as it is taken, and never gathered")
    func backpressure() async throws {
        let produced = NIOLockedValueBox(0)
        let chunk = ByteBuffer(repeating: UInt8(ascii: "x"), count: 65_536)
        let chunks = 256
        let body = AsyncStream<ByteBuffer>(unfolding: {
            let number = produced.withLockedValue { count in
                count += 1
                return count
            }
            switch number {
            case 1: return ByteBuffer(string: "--B\r\n\(Self.file)")
            case ...(chunks + 1): return chunk
            case chunks + 2: return ByteBuffer(string: "\r\n--B--")
            case _: return nil
            }
        })
        let reader = MultipartReader(BodyReader(RequestBody(asyncSequence: body)), boundary: "B")
        guard case .file(let file) = try await reader.next() else {
            Issue.record("a file was expected")
            return
        }
        #expect(produced.withLockedValue { $0 } == 1)
        var pieces = 0
        var size = 0
        for try await piece in file {
            pieces += 1
            size += piece.readableBytes
            #expect(produced.withLockedValue { $0 } <= pieces + 1)
        }
        #expect(size == chunks * 65_536)
        #expect(try await reader.next() == nil)
    }

    @Test("A file that was not read is skipped; a stale one gives nothing; an empty file input is no file")
    func skipping() async throws {
        let text = """
            --B\r\n\(Self.file)skipped\r\n--B\r\nContent-Disposition: form-data; name="e"; filename=""\r\n\r\n\r\n\
            --B\r\nContent-Disposition: form-data; name="a"\r\n\r\nvalue\r\n--B--
            """
        let reader = MultipartReader(BodyReader(RequestBody(buffer: ByteBuffer(string: text))), boundary: "B")
        guard case .file(let file) = try await reader.next(), case .field(let pair) = try await reader.next() else {
            Issue.record("a file and a field were expected")
            return
        }
        #expect(pair == FormFields.Pair("a", "value"))
        #expect(try await file.makeAsyncIterator().next() == nil)
        #expect(try await reader.next() == nil)
    }

    @Test("A body that ends in the middle of a file is an error for whoever reads the file")
    func truncated() async throws {
        let body = RequestBody(buffer: ByteBuffer(string: "--B\r\n\(Self.file)half of it"))
        let reader = MultipartReader(BodyReader(body), boundary: "B")
        guard case .file(let file) = try await reader.next() else {
            Issue.record("a file was expected")
            return
        }
        await #expect(throws: RequestProblem.truncatedMultipart) { for try await _ in file {} }
    }

    @Test("Text, fields and files are bounded")
    func bounds() async throws {
        let field = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
        let long = "\(field)\(String(repeating: "x", count: FormFields.maximumSize + 1))\r\n--B--"
        let many = String(repeating: "\(field)x\r\n", count: FormFields.maximumCount + 1) + "--B--"
        for (text, problem) in [(long, RequestProblem.formTooLarge(FormFields.maximumSize)), (many, .tooManyFields)] {
            let reader = MultipartReader(BodyReader(RequestBody(buffer: ByteBuffer(string: text))), boundary: "B")
            await #expect(throws: problem) { while try await reader.next() != nil {} }
        }
    }
}
