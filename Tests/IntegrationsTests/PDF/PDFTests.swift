import Foundation
import Testing

@testable import Integrations

@Suite("PDF documents")
struct PDFTests {
    @Test("The pages are counted and the first is shown")
    func firstPage() async throws {
        try await withTemporaryDirectory { directory in
            let sandbox = await Sandbox.detect()
            let documents = PDFDocuments(sandbox: sandbox)
            let path = "\(directory)/document"
            try Data(Self.document(pages: 3).utf8).write(to: URL(fileURLWithPath: path))
            #expect(try await documents.inspect(path).pages == 3)
            let page = try await documents.firstPage(of: path, side: 300, named: "page", in: directory)
            let facts = try await Images(sandbox: sandbox).inspect(page)
            #expect(facts.size == PictureSize(width: 200, height: 300) && facts.loader == "jpegload")
        }
    }

    @Test(
        "What is no document is refused",
        arguments: ["", "%PDF-1.7", "garbage", "%PDF-1.4\nxref\n0 0\ntrailer\n<<>>"]
    )
    func refusals(_ text: String) async throws {
        try await withTemporaryDirectory { directory in
            let documents = PDFDocuments(sandbox: await Sandbox.detect())
            let path = "\(directory)/document"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            await #expect(throws: DecoderFailure.self) { try await documents.inspect(path) }
            await #expect(throws: DecoderFailure.self) {
                try await documents.firstPage(of: path, side: 300, named: "page", in: directory)
            }
        }
    }

    /// A document of empty pages of 200 × 300 points, whose title tries to pass for a number of pages.
    private static func document(pages: Int) -> String {
        let kids = (0..<pages).map { "\($0 + 4) 0 R" }.joined(separator: " ")
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [\(kids)] /Count \(pages) >>",
            "<< /Title (Pages: 99\nPages: 77) >>",
        ]
        for _ in 0..<pages { objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >>") }
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = String(offset)
            text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        let trailer = "<< /Size \(objects.count + 1) /Root 1 0 R /Info 3 0 R >>"
        return text + "trailer\n\(trailer)\nstartxref\n\(table)\n%%EOF\n"
    }
}
