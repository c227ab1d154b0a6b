package import HTTPTypes

/// The cookies that a browser sent, as far as they are well-formed (RFC 6265 section 4.2.1). What is not is left out and
/// disturbs nothing else. Of two cookies with one name the first counts: browsers put the more specific path first.
package struct RequestCookies: Sendable, Hashable {
    /// More than any browser needs for a site; what follows is not looked at.
    package static let maximumCount = 64

    private let values: [String: String]

    package init(_ headers: HTTPFields) {
        var values: [String: String] = [:]
        let pieces = headers[values: .cookie].lazy.flatMap { $0.split(separator: ";") }
        for piece in pieces.prefix(Self.maximumCount) {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = piece[..<equals].trimming([" ", "\t"])
            let value = Self.unquoted(piece[piece.index(after: equals)...].trimming([" ", "\t"]))
            guard !name.isEmpty, value.utf8.allSatisfy(Self.isCookieOctet), values[name] == nil else { continue }
            values[name] = value
        }
        self.values = values
    }

    package subscript(name: String) -> String? { values[name] }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return String(text.dropFirst().dropLast())
    }

    static func isCookieOctet(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
        default: false
        }
    }
}
