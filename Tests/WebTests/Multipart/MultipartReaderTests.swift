import NIOCore
import Testing

@testable import Web

@Suite("Multipart forms")
struct MultipartReaderTests {
    private static let boundary = "----Edge7MA4YWxk"
    private static let type = "multipart/form-data; boundary=\"\(boundary)\""

    private static func form(_ file: [UInt8]) -> [UInt8] {
        let before = """
            --\(boundary)\r\nContent-Disposition: form-data; name="title"\r\n\r\nA film\r\n\
            --\(boundary)\r\nContent-Disposition: form-data; name="file"; filename="C:\\films\\a \\"b\\".mp4"\r\n\
            Content-Type: video/mp4\r\n\r\n
            """
        return Array(before.utf8) + file + Array("\r\n--\(boundary)--\r\nepilogue".utf8)
    }

    private struct Read: Equatable {
        var names: [String] = []
        var filename: String?
        var title = ""
        var file: [UInt8] = []
    }

    private static func read(_ pieces: [[UInt8]], type: String = type) async throws -> Read {
        let body = AsyncStream<ByteBuffer> { stream in
            for piece in pieces { stream.yield(ByteBuffer(bytes: piece)) }
            stream.finish()
        }
        let reader = try MultipartReader(body, contentType: type)
        var read = Read()
        while let part = try await reader.nextPart() {
            read.names.append(part.name)
            if let filename = part.filename {
                read.filename = filename
                for try await chunk in MultipartPartBody(reader) { read.file.append(contentsOf: chunk.readableBytesView) }
            } else {
                read.title = try await reader.text(upTo: 100)
            }
        }
        return read
    }

    @Test("Wherever the stream is cut, the same comes out")
    func everyCut() async throws {
        // A file that is full of things that look like boundaries.
        let file = Array("\r\n--\(Self.boundary.dropLast())x\r\n\r\n--\r\n------\r\n\r".utf8)
        let form = Self.form(file)
        let whole = try await Self.read([form])
        #expect(whole.names == ["title", "file"])
        #expect(whole.filename == "a \"b\".mp4")
        #expect(whole.title == "A film")
        #expect(whole.file == file)
        for cut in 1..<form.count {
            #expect(try await Self.read([Array(form[..<cut]), Array(form[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(try await Self.read(form.map { [$0] }) == whole)
    }

    @Test("A part that nobody reads is skipped")
    func skipped() async throws {
        let bytes = Self.form([UInt8](repeating: 7, count: 100_000))
        let body = AsyncStream<ByteBuffer> { stream in
            stream.yield(ByteBuffer(bytes: bytes))
            stream.finish()
        }
        let reader = try MultipartReader(body, contentType: Self.type)
        #expect(try await reader.nextPart()?.name == "title")
        #expect(try await reader.nextPart()?.name == "file")
        #expect(try await reader.nextPart() == nil)
        #expect(try await reader.nextPart() == nil)
    }

    @Test("A form that ends too early is refused at every length")
    func truncated() async throws {
        let form = Self.form(Array("content".utf8))
        let end = form.count - "\r\nepilogue".utf8.count
        for length in 0..<end {
            await #expect(throws: RequestProblem.self, "\(length) bytes") { try await Self.read([Array(form[..<length])]) }
        }
    }

    @Test(
        "Hostile content types and heads are refused",
        arguments: [
            "multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=a",
            "multipart/form-data; boundary=\(String(repeating: "a", count: 71))",
        ])
    func contentTypes(type: String) async {
        await #expect(throws: RequestProblem.self) { try await Self.read([Self.form([1])], type: type) }
    }

    @Test(
        "A part must say which field it is, in lines of bounded length",
        arguments: [
            "X: y", "Content-Disposition: attachment; name=\"a\"", "Content-Disposition: form-data", "no colon",
            "Content-Disposition: form-data; name=\"\(String(repeating: "a", count: 20_000))\"",
        ])
    func heads(head: String) async {
        let form = "--\(Self.boundary)\r\n\(head)\r\n\r\nx\r\n--\(Self.boundary)--\r\n"
        await #expect(throws: RequestProblem.self) { try await Self.read([Array(form.utf8)]) }
    }
}
