/// The name of stored bytes: `<media type>/<user id>/<opaque>`. It is made once and stored with what it belongs to,
/// never derived again, so that a change of owner moves no bytes.
package struct StorageKey: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    package var description: String { text }

    /// A new key; `random` are at least 16 unguessable bytes.
    /// - Throws: `InvalidStorageKey` when the media type is not lower-case letters, digits and dashes.
    package init(mediaType: String, owner: Int64, random: [UInt8]) throws(InvalidStorageKey) {
        let opaque = random.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        try self.init("\(mediaType)/\(owner)/\(opaque)")
    }

    /// A key that was stored. Three parts of harmless characters, so that it can never leave the folder it belongs to.
    package init(_ text: String) throws(InvalidStorageKey) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3,
            (1...32).contains(parts[0].count), parts[0].allSatisfy({ $0.isLowercase || $0.isDigit || $0.isDash }),
            (1...19).contains(parts[1].count), parts[1].allSatisfy(\.isDigit),
            (16...128).contains(parts[2].count),
            parts[2].allSatisfy({ $0.isLowercase || $0.isUppercase || $0.isDigit || $0.isDash || $0.isUnderscore })
        else { throw InvalidStorageKey() }
        self.text = text
    }

    /// The folder part, `<media type>/<user id>`.
    var folder: Substring { text[..<(text.lastIndex(of: "/") ?? text.startIndex)] }
}

/// The text is no storage key. It does not say which text, as that may come from outside.
package struct InvalidStorageKey: Error, Sendable, Hashable {}

extension UInt8 {
    fileprivate var isLowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    fileprivate var isUppercase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isDash: Bool { self == UInt8(ascii: "-") }
    fileprivate var isUnderscore: Bool { self == UInt8(ascii: "_") }
}

/// The name of a file that still grows: 8 to 64 letters, digits, dashes and underscores.
package struct StagingID: Sendable, Hashable {
    package let text: String

    package init(_ text: String) throws(InvalidStorageKey) {
        guard (8...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0.isLowercase || $0.isUppercase || $0.isDigit || $0.isDash || $0.isUnderscore })
        else { throw InvalidStorageKey() }
        self.text = text
    }
}
