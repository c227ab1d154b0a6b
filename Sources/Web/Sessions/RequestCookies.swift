package import HTTPTypes

/// The cookies that a browser sent, as far as they are well-formed (RFC 6265 section 4.2.1). What is not is left out and
/// disturbs nothing else. Of two cookies with one name the first counts: browsers put the more specific path first.
///
/// Every request asks for several of them, so a look-up walks the bytes of the header and makes nothing but its result.
package struct RequestCookies: Sendable {
    /// More than any browser needs for a site; what follows is not looked at.
    package static let maximumCount = 64

    private let lines: [String]

    package init(_ headers: HTTPFields) {
        lines = headers[values: .cookie]
    }

    package subscript(name: String) -> String? {
        var left = Self.maximumCount
        for line in lines {
            for pair in line.utf8.split(separator: UInt8(ascii: ";"), maxSplits: left) {
                guard left > 0 else { return nil }
                left -= 1
                guard let value = Self.value(of: name, in: pair) else { continue }
                return value
            }
        }
        return nil
    }

    /// The value when the pair has this name and its value is one that a cookie may have.
    private static func value(of name: String, in pair: Substring.UTF8View) -> String? {
        guard let equals = pair.firstIndex(of: UInt8(ascii: "=")),
            trimmed(pair[..<equals]).elementsEqual(name.utf8), !name.isEmpty
        else { return nil }
        let value = unquoted(trimmed(pair[pair.index(after: equals)...]))
        return value.allSatisfy(isCookieOctet) ? String(Substring(value)) : nil
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static func unquoted(_ text: Substring.UTF8View) -> Substring.UTF8View {
        let quote = UInt8(ascii: "\"")
        guard text.count >= 2, text.first == quote, text.last == quote else { return text }
        return text.dropFirst().dropLast()
    }

    static func isCookieOctet(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
        default: false
        }
    }
}
