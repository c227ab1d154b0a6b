import Foundation
import Testing

@testable import Integrations

@Suite("Magic")
struct MagicTests {
    @Test("Types are known by content, not by name")
    func types() async throws {
        let magic = try Magic()
        #expect(try await magic.mimeType(of: Array("%PDF-1.7\n%âãÏÓ\n".utf8)) == "application/pdf")
        let png = [0x89] + Array("PNG\r\n\u{1a}\n\0\0\0\rIHDR\0\0\0\u{1}\0\0\0\u{1}\u{8}\0\0\0\0".utf8)
        #expect(try await magic.mimeType(of: png) == "image/png")
        #expect(
            try await magic.mimeType(of: [0, 0, 0, 0x20] + Array("ftypisom\0\0\u{2}\0isomiso2avc1mp41".utf8))
                == "video/mp4"
        )
        #expect(try await magic.mimeType(of: Array("<html><body>hi</body></html>".utf8)) == "text/html")
        #expect(try await magic.mimeType(of: Array("#EXTM3U\n#EXT-X-VERSION:3\n".utf8)).hasPrefix("video/") == false)
        #expect(try await magic.mimeType(of: []) == "application/x-empty")
        #expect(try await magic.mimeType(of: Array("7".utf8)) == "text/plain")
        #expect(try await magic.mimeType(of: [0xff]) == "application/octet-stream")
    }

    @Test("A file is looked at by its path; one that is missing is an error")
    func paths() async throws {
        let magic = try Magic()
        try await withTemporaryDirectory { directory in
            try Data("GIF89a\u{1}\0\u{1}\0".utf8).write(to: URL(fileURLWithPath: "\(directory)/holiday.mp4"))
            #expect(try await magic.mimeType(ofFileAt: "\(directory)/holiday.mp4") == "image/gif")
            await #expect(throws: MagicError.self) { try await magic.mimeType(ofFileAt: "\(directory)/missing") }
        }
    }

    @Test("Many ask at the same time")
    func concurrently() async throws {
        let magic = try Magic(parallel: 3)
        try await withThrowingTaskGroup { group in
            for index in 0..<200 {
                group.addTask {
                    let bytes = index.isMultiple(of: 2) ? Array("%PDF-1.7\n".utf8) : Array("GIF89a\u{1}\0\u{1}\0".utf8)
                    let expected = index.isMultiple(of: 2) ? "application/pdf" : "image/gif"
                    let type = try await magic.mimeType(of: bytes)
                    #expect(type == expected)
                }
            }
            try await group.waitForAll()
        }
    }
}
