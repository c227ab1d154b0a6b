/// The body of a 206 with several parts (RFC 9110 §14.6), laid out beforehand so that its length is known.
package struct MultipartRanges: Sendable {
    /// What is sent, in order.
    package enum Piece: Sendable, Equatable {
        case text(String)
        case file(Range<Int>)
    }

    package let pieces: [Piece]
    package let contentType: String
    /// Bytes of the whole body.
    package let contentLength: Int

    /// - Parameters:
    ///   - parts: the ranges, at least one.
    ///   - length: of the whole representation.
    ///   - partType: the representation's media type.
    ///   - boundary: at most 70 characters of RFC 2046 §5.1.1 that no part contains; random.
    package init(parts: [Range<Int>], length: Int, partType: String, boundary: String) {
        var pieces: [Piece] = []
        for (index, part) in parts.enumerated() {
            let delimiter = index == 0 ? "--\(boundary)" : "\r\n--\(boundary)"
            let range = ContentRange.text(part, length: length)
            pieces.append(.text("\(delimiter)\r\nContent-Type: \(partType)\r\nContent-Range: \(range)\r\n\r\n"))
            pieces.append(.file(part))
        }
        pieces.append(.text("\r\n--\(boundary)--\r\n"))
        self.pieces = pieces
        contentType = "multipart/byteranges; boundary=\(boundary)"
        contentLength = pieces.reduce(0) { sum, piece in
            switch piece {
            case .text(let text): sum + text.utf8.count
            case .file(let range): sum + range.count
            }
        }
    }
}

extension MultipartRanges {
    /// 192 random bits: no file holds them by accident, and no uploader can guess them.
    package static func randomBoundary() -> String {
        (0..<3).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }
}

/// The `Content-Range` field (RFC 9110 §14.4).
package enum ContentRange {
    /// Of a part: `bytes 0-499/1234`.
    package static func text(_ range: Range<Int>, length: Int) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
    }

    /// Of a 416: `bytes */1234`.
    package static func unsatisfied(length: Int) -> String { "bytes */\(length)" }
}
