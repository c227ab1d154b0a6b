/// A header that is a list of choices with weights, as `Accept`, `Accept-Language` and `Accept-Encoding` are
/// (RFC 9110 section 12.4.2). Entries that do not parse are left out; a list has at most 64 of them.
package struct QualityList: Sendable, Hashable {
    package struct Choice: Sendable, Hashable {
        /// In lower case, without parameters.
        package let name: String
        /// From 0 (refused) to 1000.
        package let quality: Int
    }

    package let choices: [Choice]

    package init(_ header: String) {
        choices = header.split(separator: ",").prefix(64).compactMap { entry in
            let parts = entry.split(separator: ";").map { $0.trimming([" ", "\t"]) }
            guard let name = parts.first, !name.isEmpty else { return nil }
            var quality = 1000
            for parameter in parts.dropFirst() where parameter.lowercased().hasPrefix("q=") {
                guard let value = Self.thousandths(parameter.dropFirst(2)) else { return nil }
                quality = value
            }
            return Choice(name: name.lowercased(), quality: quality)
        }
    }

    /// The names that are wanted, best first; equals stay in the order in which they were written.
    package var wanted: [String] {
        choices.enumerated().filter { $0.element.quality > 0 }
            .sorted { ($1.element.quality, $0.offset) < ($0.element.quality, $1.offset) }
            .map(\.element.name)
    }

    /// The highest quality among the choices that match; nil when none does.
    package func quality(where matches: (String) -> Bool) -> Int? {
        choices.filter { matches($0.name) }.map(\.quality).max()
    }

    /// `0.5` is 500; at most three decimals (RFC 9110's qvalue).
    private static func thousandths(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, whole == "0" || whole == "1" else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.utf8.count <= 3, decimals.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let padded = decimals + String(repeating: "0", count: 3 - decimals.utf8.count)
        let value = (whole == "1" ? 1000 : 0) + (Int(padded) ?? 0)
        return value <= 1000 ? value : nil
    }
}

extension StringProtocol {
    /// Without any of these characters at either end.
    package func trimming(_ characters: Set<Character>) -> String {
        var rest = self[...]
        while let first = rest.first, characters.contains(first) { rest.removeFirst() }
        while let last = rest.last, characters.contains(last) { rest.removeLast() }
        return String(rest)
    }
}
