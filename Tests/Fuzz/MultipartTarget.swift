import HTTPTypes
import NIOCore

@testable import Web

/// A `multipart/form-data` body (RFC 7578) means the same, in whatever pieces it arrives: the first byte is their size.
@Sendable func fuzzMultipart(_ input: [UInt8]) {
    guard let size = input.first.map({ max(1, Int($0)) }) else { return }
    let body = Array(input.dropFirst())
    let whole = parts([ByteBuffer(bytes: body)])
    let pieces = stride(from: 0, to: body.count, by: size).map { start in
        ByteBuffer(bytes: body[start..<min(start + size, body.count)])
    }
    precondition(parts(pieces) == whole)
}

private struct Part: Equatable {
    let head: MultipartHead
    var data: [UInt8] = []
    var isWhole = false
}

/// Nil for a body that is refused.
private func parts(_ pieces: [ByteBuffer]) -> [Part]? {
    var parser = MultipartParser(boundary: "b")
    var parts: [Part] = []
    do {
        for piece in pieces {
            parser.feed(piece)
            while let event = try parser.next() {
                switch event {
                case .begin(let head): parts.append(Part(head: head))
                case .data(let bytes): parts[parts.count - 1].data += bytes.readableBytesView
                case .end: parts[parts.count - 1].isWhole = true
                }
            }
        }
        try parser.finish()
    } catch {
        return nil
    }
    precondition(parts.allSatisfy(\.isWhole))
    return parts
}
