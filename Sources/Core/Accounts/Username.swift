/// A name to be called by: 3 to 32 letters, digits, dots, hyphens and underscores of ASCII, so that no two names look
/// alike, with a letter or a digit at both ends.
package struct Username: Sendable, Hashable {
    package let text: String
    /// Equal for names that are the same but for upper and lower case.
    package var key: String { text.lowercased() }

    package init(_ text: String) throws(Failure.FieldProblem) {
        let text = text.trimmed
        guard !text.isEmpty else { throw .usernameMissing }
        guard (3...32).contains(text.count) else { throw .usernameLength }
        guard text.utf8.allSatisfy(Self.allowed) else { throw .usernameCharacters }
        guard let first = text.utf8.first, let last = text.utf8.last, Self.isAlphanumeric(first),
            Self.isAlphanumeric(last)
        else { throw .usernameEnds }
        self.text = text
    }

    private static func allowed(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
