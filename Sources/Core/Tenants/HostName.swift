/// A host as a browser names it, folded so that the same host is always the same text: lower case, without port and
/// without the dot at its end.
package struct HostName: Sendable, Hashable {
    package let text: String

    /// nil for what is no DNS name or IPv4 address.
    package init?(_ text: String) {
        let host = text.prefix { $0 != ":" }.lowercased()
        let trimmed = host.hasSuffix(".") ? String(host.dropLast()) : host
        guard (1...253).contains(trimmed.utf8.count) else { return nil }
        for label in trimmed.split(separator: ".", omittingEmptySubsequences: false) {
            guard (1...63).contains(label.utf8.count), label.utf8.allSatisfy(Self.allowed),
                label.first != "-", label.last != "-"
            else { return nil }
        }
        self.text = trimmed
    }

    private static func allowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
