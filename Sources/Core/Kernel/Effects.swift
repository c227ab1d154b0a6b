import Crypto
import Foundation

/// The outside world as far as rules need it: the clock and chance. Tests pass fixed ones.
package struct Effects: Sendable {
    package var now: @Sendable () -> Timestamp
    /// That many unguessable bytes.
    package var randomBytes: @Sendable (_ count: Int) -> [UInt8]

    package init(now: @escaping @Sendable () -> Timestamp, randomBytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.now = now
        self.randomBytes = randomBytes
    }

    package static let live = Effects(
        now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
        randomBytes: { count in
            SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Array($0) }
        }
    )

    /// A public id: 11 characters of base58 from 64 random bits, for URLs that must not be guessed or counted.
    package func publicID() -> String {
        let number = randomBytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Base58.encode(number)
    }

    /// A secret of 256 bits in base64url, for sessions, tokens and links.
    package func secret() -> String {
        Base64URL.encode(randomBytes(32))
    }
}

enum Base58 {
    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")

    /// Always 11 characters, the least that hold 64 bits.
    static func encode(_ number: UInt64) -> String {
        var rest = number
        var characters: [Character] = []
        for _ in 0..<11 {
            characters.append(alphabet[Int(rest % 58)])
            rest /= 58
        }
        return String(characters.reversed())
    }
}
