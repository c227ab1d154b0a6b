/// An address inside this site, or an `https:`/`http:`/`mailto:` one outside it: the only thing that `href`, `src` and
/// `action` take, so that no `javascript:` URL can arrive there.
package struct Link: Sendable, Hashable {
    /// As it stands in an attribute, not yet HTML-escaped.
    package let url: String

    /// A path written in the source, with the pieces that vary percent-encoded: `Link(path: "media", id, "edit")`.
    package init(path segments: String..., query: [(String, String?)] = [], fragment: String? = nil) {
        var url = segments.isEmpty ? "/" : ""
        for segment in segments { url += "/" + segment.percentEncoded }
        let pairs = query.compactMap { name, value in
            value.map { "\(name.percentEncoded)=\($0.percentEncoded)" }
        }
        if !pairs.isEmpty { url += "?" + pairs.joined(separator: "&") }
        if let fragment { url += "#" + fragment.percentEncoded }
        self.url = url
    }

    /// The same address with another fragment, `icons.svg#play`.
    package func at(fragment: String) -> Link {
        Link(url: url.prefix { $0 != "#" } + "#" + fragment.percentEncoded)
    }

    private init(url: String) {
        self.url = url
    }

    /// A path inside this site that came from outside (`next`, a `Referer`'s path): nil unless it begins with exactly
    /// one `/` and holds no backslash or control character, which browsers read as another host.
    package init?(local text: String) {
        guard text.utf8.first == UInt8(ascii: "/"), text.utf8.dropFirst().first != UInt8(ascii: "/") else { return nil }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
        url = text
    }

    /// An address outside: nil unless its scheme is https, http or mailto.
    package init?(external text: String) {
        let lower = text.lowercased()
        guard ["https://", "http://", "mailto:"].contains(where: lower.hasPrefix) else { return nil }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        url = text
    }
}

extension String {
    /// Every byte but RFC 3986's unreserved ones as `%XX`.
    package var percentEncoded: String {
        // Nearly all that stands in our links: ids and words.
        guard !utf8.allSatisfy(Self.isUnreserved) else { return self }
        var result = ""
        result.reserveCapacity(utf8.count * 2)
        for byte in utf8 {
            if Self.isUnreserved(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
