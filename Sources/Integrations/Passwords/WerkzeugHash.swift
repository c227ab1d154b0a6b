import Crypto
import CryptoExtras

/// A password hash as Werkzeug's `generate_password_hash` writes it, `method$salt$hex`, with the methods
/// `scrypt:N:r:p` and `pbkdf2:digest:iterations`. The salt is used as its literal text.
struct WerkzeugHash: Sendable, Hashable {
    enum Method: Sendable, Hashable {
        case scrypt(rounds: Int, blockSize: Int, parallelism: Int)
        case pbkdf2(Digest, iterations: Int)
    }

    enum Digest: String, Sendable, Hashable {
        case sha1, sha224, sha256, sha384, sha512

        /// Bytes.
        var length: Int {
            switch self {
            case .sha1: 20
            case .sha224: 28
            case .sha256: 32
            case .sha384: 48
            case .sha512: 64
            }
        }
    }

    let method: Method
    let salt: [UInt8]
    let hex: [UInt8]

    /// Nil when `stored` has another form or asks for more work than any honest hash.
    init?(_ stored: String) {
        guard stored.utf8.count <= 1024 else { return nil }
        let parts = stored.split(separator: "$", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[1].isEmpty, let method = Method(parts[0]) else { return nil }
        self.method = method
        salt = Array(parts[1].utf8)
        hex = Array(parts[2].utf8)
        guard hex.count == method.length * 2 else { return nil }
    }

    /// Whether it is a hash of the password, which must not be empty: BoringSSL wants an address even for nothing.
    func verify(_ password: [UInt8]) -> Bool {
        guard !password.isEmpty, let key = try? derive(from: password) else { return false }
        let computed = key.withUnsafeBytes { bytes in bytes.flatMap(Self.hexDigits) }
        return Self.areEqual(computed, hex)
    }

    private func derive(from password: [UInt8]) throws -> SymmetricKey {
        switch method {
        case .scrypt(let rounds, let blockSize, let parallelism):
            try KDF.Scrypt.deriveKey(
                from: password,
                salt: salt,
                outputByteCount: method.length,
                rounds: rounds,
                blockSize: blockSize,
                parallelism: parallelism
            )
        case .pbkdf2(let digest, let iterations):
            try KDF.Insecure.PBKDF2.deriveKey(
                from: password,
                salt: salt,
                using: digest.function,
                outputByteCount: method.length,
                unsafeUncheckedRounds: iterations
            )
        }
    }

    private static func hexDigits(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    /// Takes the same time wherever the first difference is.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension WerkzeugHash.Method {
    /// Werkzeug's own defaults where parameters are missing, as it reads them: all three of scrypt's or none.
    init?(_ text: Substring) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        switch parts[0] {
        case "scrypt":
            guard parts.count > 1 else {
                self = .scrypt(rounds: 32_768, blockSize: 8, parallelism: 1)
                return
            }
            guard parts.count == 4, let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
                let parallelism = Int(parts[3]), (2...1_048_576).contains(rounds), rounds & (rounds - 1) == 0,
                (1...64).contains(blockSize), (1...16).contains(parallelism),
                128 * rounds * blockSize * parallelism <= 256 << 20
            else { return nil }
            self = .scrypt(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        case "pbkdf2":
            guard parts.count <= 3,
                let digest = parts.count > 1 ? WerkzeugHash.Digest(rawValue: String(parts[1])) : .sha256,
                let iterations = parts.count > 2 ? Int(parts[2]) : 1_000_000, (1...5_000_000).contains(iterations)
            else { return nil }
            self = .pbkdf2(digest, iterations: iterations)
        case _:
            return nil
        }
    }

    /// Bytes of the derived key.
    var length: Int {
        switch self {
        case .scrypt: 64
        case .pbkdf2(let digest, _): digest.length
        }
    }
}

extension WerkzeugHash.Digest {
    fileprivate var function: KDF.Insecure.PBKDF2.HashFunction {
        switch self {
        case .sha1: .insecureSHA1
        case .sha224: .insecureSHA224
        case .sha256: .sha256
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }
}
