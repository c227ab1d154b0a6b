/// A code for the day on which the telephone is gone: 80 random bits as `xxxx-xxxx-xxxx-xxxx`, good for one use.
///
/// Nobody can guess that many bits, so a plain hash is all that is kept of them.
package struct RecoveryCode: Sendable, Hashable {
    static let count = 10
    static let byteCount = 10
    private static let length = 16

    /// In the letters and digits of base32, lower case, without hyphens.
    private let plain: String

    init(bytes: [UInt8]) {
        plain = Base32.encode(bytes).lowercased()
    }

    /// nil for what is no such code, however it was typed.
    init?(typed text: String) {
        let letters = text.lowercased().filter { $0 != "-" && !$0.isWhitespace }
        guard letters.utf8.count == Self.length, letters.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        plain = letters
    }

    package var text: String {
        stride(from: 0, to: Self.length, by: 4).map { start in plain.dropFirst(start).prefix(4) }
            .joined(separator: "-")
    }

    var hash: [UInt8] { SecretHash.of(plain) }
}
