package import Crypto
import Foundation

/// The installation's secret (`SECRET_KEY`), from which every purpose gets its own key, so that what is signed for one
/// means nothing to another.
package struct SecretKey: Sendable {
    private let key: SymmetricKey

    package init(_ secret: String) {
        key = SymmetricKey(data: Data(secret.utf8))
    }

    /// HKDF-SHA256 (RFC 5869).
    package func derived(for purpose: StaticString) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key,
            info: Data(purpose.description.utf8),
            outputByteCount: 32
        )
    }
}

extension Collection<UInt8> {
    /// RFC 4648 section 5, without padding.
    package var base64URL: String {
        var text = ""
        text.reserveCapacity((count * 4 + 2) / 3)
        var bits: UInt32 = 0
        var held = 0
        for byte in self {
            bits = bits << 8 | UInt32(byte)
            held += 8
            while held >= 6 {
                held -= 6
                text.unicodeScalars.append(Base64URL.scalar(bits >> UInt32(held)))
            }
        }
        if held > 0 { text.unicodeScalars.append(Base64URL.scalar(bits << UInt32(6 - held))) }
        return text
    }
}

extension [UInt8] {
    /// The bytes that this text stands for; nil when it is not base64url without padding in its one canonical form.
    package init?(base64URL text: some StringProtocol) {
        guard text.utf8.count % 4 != 1 else { return nil }
        self.init()
        reserveCapacity(text.utf8.count * 3 / 4)
        var bits: UInt32 = 0
        var held = 0
        for character in text.utf8 {
            guard let value = Base64URL.value(character) else { return nil }
            bits = bits << 6 | value
            held += 6
            if held >= 8 {
                held -= 8
                append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
            }
        }
        guard bits & (1 << UInt32(held) - 1) == 0 else { return nil }
    }
}

private enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".unicodeScalars
    )

    static func scalar(_ bits: UInt32) -> Unicode.Scalar { alphabet[Int(bits & 63)] }

    static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}

/// Unguessable bytes from the system, eight at a time: each question is a call of the kernel.
package func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 7)
    while bytes.count < count {
        withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
    }
    return Array(bytes.prefix(count))
}
