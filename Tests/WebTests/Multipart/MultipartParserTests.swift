import HTTPTypes
import NIOCore
import Testing

@testable import Web

struct MultipartParserTests {
    private struct Part: Equatable {
        var head: MultipartHead
        var bytes: [UInt8]
    }

    /// Parses a body that arrives in these pieces.
    private func parse(_ pieces: [[UInt8]], boundary: String = "B") throws(RequestProblem) -> [Part] {
        var parser = MultipartParser(boundary: boundary)
        var parts: [Part] = []
        for piece in pieces {
            parser.feed(ByteBuffer(bytes: piece))
            while let event = try parser.next() {
                switch event {
                case .begin(let head): parts.append(Part(head: head, bytes: []))
                case .data(let data): parts[parts.count - 1].bytes += data.readableBytesView
                case .end: break
                }
            }
        }
        try parser.finish()
        return parts
    }

    private func parse(_ text: String) throws(RequestProblem) -> [Part] {
        try parse([Array(text.utf8)])
    }

    private static let simple = """
        preamble\r\n--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n\
        --B \t\r\ncontent-disposition: form-data; name="f"; filename="x y.txt"\r\nContent-Type: text/plain\r\n\r\n\
        two\r\n--\r\n--A\r\n\r\n--B--\r\nepilogue
        """

    @Test("Fields and files, with what stands before and after them left out")
    func simple() throws {
        let parts = try parse(Self.simple)
        #expect(
            parts == [
                Part(head: MultipartHead(name: "a"), bytes: Array("1".utf8)),
                Part(
                    head: MultipartHead(name: "f", fileName: "x y.txt", contentType: "text/plain"),
                    bytes: Array("two\r\n--\r\n--A\r\n".utf8)
                ),
            ]
        )
    }

    @Test("The same comes out wherever the body is cut in two, and when every byte comes alone")
    func everyBoundary() throws {
        let bytes = Array(Self.simple.utf8)
        let whole = try parse([bytes])
        for cut in 0...bytes.count {
            #expect(try parse([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(try parse(bytes.map { [$0] }) == whole)
    }

    @Test("Whatever a file holds comes out whole, however it is cut")
    func property() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededRandom(seed)
        let crumbs: [[UInt8]] = ["\r", "\n", "\r\n", "--", "-", "B", "\r\n--", "\r\n-", "x", "\u{0}"].map {
            Array($0.utf8)
        }
        for _ in 0..<200 {
            // Made of what delimiters are made of, without being one.
            var content: [UInt8] = []
            for _ in 0..<random.below(60) {
                content += crumbs[random.below(crumbs.count)]
                if content.suffix(5) == Array("\r\n--B".utf8) {
                    content.append(UInt8(ascii: "!")); content.removeLast(2)
                }
            }
            let head = "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
            let body = Array(head.utf8) + content + Array("\r\n--B--".utf8)
            var pieces: [[UInt8]] = []
            var rest = body[...]
            while !rest.isEmpty {
                let piece = rest.prefix(1 + random.below(12))
                pieces.append(Array(piece))
                rest = rest.dropFirst(piece.count)
            }
            let parts = try parse(pieces)
            #expect(parts.map(\.bytes) == [content], "seed \(seed)")
        }
    }

    @Test("No bytes at all make the parser stumble")
    func noise() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededRandom(seed)
        let good = Array(Self.simple.utf8)
        for _ in 0..<500 {
            var bytes = good
            for _ in 0...random.below(4) {
                bytes[random.below(bytes.count)] = UInt8.random(in: .min ... .max, using: &random)
            }
            do {
                _ = try parse([Array(bytes.prefix(random.below(bytes.count + 1)))])
            } catch {
                #expect((400..<500).contains(error.status.code), "seed \(seed)")
            }
        }
    }

    private static func part(_ headers: String, _ body: String = "x") -> String {
        "--B\r\n\(headers)\r\n\r\n\(body)\r\n--B--"
    }

    @Test(
        "A broken body is refused with what is wrong",
        arguments: [
            ("", RequestProblem.truncatedMultipart), ("--B", .truncatedMultipart), ("--B\r\n", .truncatedMultipart),
            ("no delimiter here", .truncatedMultipart), (String(repeating: "x", count: 2000), .malformedMultipart),
            ("--Bx\r\n", .malformedMultipart),
            ("--B\nContent-Disposition: form-data; name=a\n\nx\n--B--", .malformedMultipart),
            ("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n", .truncatedMultipart),
            ("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B-", .truncatedMultipart),
            (part("X-Other: 1"), .malformedMultipart), (part("no colon"), .malformedMultipart),
            (part("Content-Disposition: attachment; name=\"a\""), .malformedMultipart),
            (part("Content-Disposition: form-data"), .unnamedPart),
            (part("Content-Disposition: form-data; name=\"\""), .unnamedPart),
            (part("Content-Disposition: form-data; name=\"a"), .malformedMultipart),
            (part("Content-Disposition: form-data; name=\"a\"; name=\"b\""), .malformedMultipart),
            (
                part("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\""),
                .malformedMultipart
            ),
            (part("Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''x"), .multipartFileName),
            (
                part("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=C"),
                .nestedMultipart
            ),
            (
                part("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64"),
                .malformedMultipart
            ),
            (
                part("Content-Disposition: form-data; name=\"a\"\r\nX: " + String(repeating: "x", count: 9000)),
                .multipartHeadTooLarge
            ),
            ("--B\r\nX: " + String(repeating: "x", count: 9000), .multipartHeadTooLarge),
        ] as [(String, RequestProblem)]
    )
    func broken(body: String, problem: RequestProblem) {
        #expect(throws: problem) { try parse(body) }
    }

    @Test(
        "Names as browsers write them",
        arguments: [
            ("form-data; name=a; filename=b.txt", "a", "b.txt"), ("form-data;name=\"a\";filename=\"\"", "a", ""),
            (#"form-data; name="a"; filename="q\"uote.txt""#, "a", "q\"uote.txt"),
            (#"form-data; name="a"; filename="C:\dir\file.txt""#, "a", #"C:\dir\file.txt"#),
            ("FORM-DATA; NAME=\"ä;b\"; FileName=\"film 🎬.mp4\"", "ä;b", "film 🎬.mp4"),
        ]
    )
    func names(disposition: String, name: String, file: String) throws {
        let head = try #require(try parse(Self.part("Content-Disposition: \(disposition)")).first?.head)
        #expect(head.name == name)
        #expect(head.fileName == file)
    }
}
