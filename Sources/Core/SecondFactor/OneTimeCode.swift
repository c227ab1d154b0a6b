import Crypto
import Foundation

/// Codes that an authenticator app shows: HOTP (RFC 4226) over the time (RFC 6238).
///
/// SHA-1, six digits and steps of 30 seconds: what every app understands, whatever else it is told.
package struct OneTimeCode: Sendable {
    static let digits = 6
    static let stepSeconds: Int64 = 30
    /// How many steps early or late a code may be: clocks differ, and people type slowly (RFC 6238 §5.2).
    static let drift: Int64 = 1
    /// As long as the hash, as RFC 4226 §4 (R6) wants it.
    static let secretLength = 20

    private let secret: [UInt8]

    package init(secret: [UInt8]) {
        self.secret = secret
    }

    /// The number of the step of time that a moment lies in.
    package static func step(at moment: Timestamp) -> Int64 {
        moment.milliseconds / 1000 / stepSeconds
    }

    /// RFC 4226 §5.3: four bytes of the HMAC, from where its last half byte says, as decimal digits.
    package func code(step: Int64, digits: Int = Self.digits) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Data($0) }
        let key = SymmetricKey(data: secret)
        let hash = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: key))
        let start = Int(hash[hash.count - 1] & 0x0F)
        let number = hash[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code this is, among those that count now; nil for a wrong code. Takes the same time for every code.
    package func step(of code: String, at now: Timestamp) -> Int64? {
        let current = Self.step(at: now)
        let typed = Array(code.utf8)
        guard typed.count == Self.digits else { return nil }
        var found: Int64?
        for step in (current - Self.drift)...(current + Self.drift) {
            let expected = Array(self.code(step: step).utf8)
            let difference = zip(typed, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
            if difference == 0 { found = step }
        }
        return found
    }
}
