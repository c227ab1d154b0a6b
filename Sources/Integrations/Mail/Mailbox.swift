/// Somebody's address with the name that stands before it: `MediaShare <media@example.org>`.
package struct Mailbox: Sendable, Hashable {
    package let name: String?
    package let address: String

    /// The address is believed to be one: whoever has it has checked it.
    package init(name: String? = nil, address: String) {
        self.name = name
        self.address = address
    }

    /// `media@example.org`, `<media@example.org>` or `MediaShare <media@example.org>`; nil for what is none of these.
    package init?(_ text: String) {
        let text = text.trimmingPrefix { $0.isWhitespace }
        guard let open = text.lastIndex(of: "<") else {
            guard Self.isAddress(text) else { return nil }
            self.init(address: String(text))
            return
        }
        let address = text[text.index(after: open)...]
        guard let close = address.firstIndex(of: ">"), address[close...].dropFirst().allSatisfy(\.isWhitespace),
            Self.isAddress(address[..<close])
        else { return nil }
        let name = text[..<open].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let bare =
            name.count > 1 && name.hasPrefix("\"") && name.hasSuffix("\"") ? name.dropFirst().dropLast() : name[...]
        self.init(name: bare.isEmpty ? nil : String(bare), address: String(address[..<close]))
    }

    /// As it stands in a header (RFC 5322 §3.4).
    var headerText: String {
        guard let name, !name.isEmpty else { return address }
        return "\(EncodedWord.phrase(name)) <\(address)>"
    }

    /// Printable ASCII around one `@`, without what would end the address early.
    private static func isAddress(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>\",;\\".utf8.contains($0) }
    }
}
