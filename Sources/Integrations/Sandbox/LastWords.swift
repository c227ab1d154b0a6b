/// The end of what a program wrote to its error stream, however much that was.
struct LastWords: Sendable {
    private var tail: [UInt8] = []
    private static let kept = 8 * 1024

    mutating func append(_ bytes: some Collection<UInt8>) {
        tail.append(contentsOf: bytes.suffix(Self.kept))
        if tail.count > Self.kept { tail.removeFirst(tail.count - Self.kept) }
    }

    /// The last line that says something, fit to be shown: without paths, addresses in memory and control characters,
    /// at most 200 characters long.
    var reason: String {
        let lines = String(decoding: tail, as: UTF8.self).split(whereSeparator: \.isNewline)
        let line = lines.last { line in
            line.contains(where: \.isLetter) && !line.contains("Conversion failed")
                && !line.hasPrefix("Last message repeated")
        }
        guard let line else { return "" }
        let words = line.split(separator: " ").filter { word in
            !word.contains("/") && !word.hasPrefix("0x") && !word.hasPrefix("[") && !word.hasSuffix("]") && word != "@"
        }
        let text = words.joined(separator: " ").filter { character in
            character.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
        }
        return String(text.prefix(200))
    }
}
