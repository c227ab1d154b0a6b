import Hummingbird
import Testing

@testable import Web

@Suite("Ranges and conditions over a socket")
struct RangeTests {
    @Test("Every requirement has a case, and every case a requirement")
    func completeness() {
        #expect(rangeCases.count >= 80)
        #expect(Set(rangeCases.map(\.id)) == Set(rangeRequirements.keys))
    }

    @Test("Every case is answered as RFC 9110 has it, bytes and fields")
    func cases() async throws {
        try await withFile(CaseFile.length) { path, bytes in
            try await withServer(routes: { $0.serving(path) }) { server in
                try await onThread {
                    // One connection for all: an answer that is framed wrongly spoils the next.
                    let client = try RawClient(port: server.port)
                    for example in rangeCases {
                        let answer = try client.ask("/file", method: example.method, fields: example.fields)
                        check(answer, of: bytes, against: example)
                    }
                }
            }
        }
    }

    @Test("A file without bytes is whole, or nothing of it is satisfiable")
    func empty() async throws {
        try await withFile(0) { path, _ in
            try await withServer(routes: { $0.serving(path) }) { server in
                try await onThread {
                    let client = try RawClient(port: server.port)
                    let whole = try client.ask("/file")
                    #expect(whole.status == 200 && whole["content-length"] == "0")
                    #expect(try client.ask("/file", fields: [("Range", "bytes=-5")]).status == 200)
                    let none = try client.ask("/file", fields: [("Range", "bytes=0-")])
                    #expect(none.status == 416 && none["content-range"] == "bytes */0")
                }
            }
        }
    }
}

extension Router<WireContext> {
    /// The file of the cases at `/file`.
    func serving(_ path: String) {
        for method in [HTTPRequest.Method.get, .head, .post] {
            on("file", method: method) { request, context in
                let modified = HTTPDate(parsing: CaseFile.modified, now: .now)
                return try await FileResponse(
                    try OpenFile(path: path),
                    contentType: "video/mp4",
                    entityTag: EntityTag("a1b2"),
                    lastModified: modified,
                    disposition: .inline(filename: "a.mp4"),
                    cacheControl: "private"
                ).response(to: request, on: context.channel)
            }
        }
    }
}

private func check(_ answer: RawAnswer, of bytes: [UInt8], against example: RangeCase) {
    let isHead = example.method == "HEAD"
    switch example.expected {
    case .whole:
        #expect(answer.status == 200, "\(example)")
        #expect(answer["content-length"] == String(bytes.count), "\(example)")
        #expect(answer["content-range"] == nil, "\(example)")
        #expect(answer.body == (isHead ? [] : bytes), "\(example)")
    case .part(let range):
        #expect(answer.status == 206, "\(example)")
        #expect(
            answer["content-range"] == "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)",
            "\(example)"
        )
        #expect(answer.body == Array(bytes[range]), "\(example)")
    case .parts(let ranges):
        #expect(answer.status == 206, "\(example)")
        #expect(answer["content-range"] == nil, "\(example)")
        #expect(answer.body == multipart(ranges, of: bytes, type: answer["content-type"]), "\(example)")
    case .unsatisfiable:
        #expect(answer.status == 416 && answer.body.isEmpty, "\(example)")
        #expect(answer["content-range"] == "bytes */\(bytes.count)", "\(example)")
        return
    case .notModified:
        #expect(answer.status == 304, "\(example)")
        #expect(answer["content-type"] == nil && answer["cache-control"] == "private", "\(example)")
        #expect(answer["etag"] == CaseFile.tag && answer["last-modified"] == CaseFile.modified, "\(example)")
        return
    case .preconditionFailed:
        #expect(answer.status == 412 && answer.body.isEmpty && answer["etag"] == CaseFile.tag, "\(example)")
        return
    }
    #expect(answer["accept-ranges"] == "bytes", "\(example)")
    #expect(answer["etag"] == CaseFile.tag && answer["last-modified"] == CaseFile.modified, "\(example)")
}

/// What several parts look like on the wire, from the boundary that the answer names.
private func multipart(_ ranges: [Range<Int>], of bytes: [UInt8], type: String?) -> [UInt8] {
    guard let boundary = type?.split(separator: "boundary=").last else { return [] }
    var body: [UInt8] = []
    for range in ranges {
        if !body.isEmpty { body += Array("\r\n".utf8) }
        body += Array("--\(boundary)\r\nContent-Type: video/mp4\r\n".utf8)
        body += Array("Content-Range: bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)\r\n\r\n".utf8)
        body += bytes[range]
    }
    return body + Array("\r\n--\(boundary)--\r\n".utf8)
}
