import Crypto
import Foundation

/// Encrypts what the database keeps and the program must read again: whoever steals the database alone has nothing of it.
///
/// AES-256-GCM (NIST SP 800-38D) with a key that follows from SECRET_KEY (HKDF, RFC 5869). What a text belongs to is bound
/// into it, so that one account's cannot be put into another's row.
package struct SecretSeal: Sendable {
    private let key: SymmetricKey

    /// - Parameter purpose: what the key is for; keys for different purposes have nothing in common.
    package init(secretKey: [UInt8], purpose: StaticString) {
        key = SymmetricKey.derived(from: secretKey, purpose: purpose)
    }

    /// Nonce, ciphertext and tag in one.
    func seal(_ bytes: [UInt8], for owner: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Data(owner.utf8))
        // A nonce of 12 bytes, which is what `seal` chooses, always has a combined form.
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return Array(combined)
    }

    /// nil for what was sealed with another key or for another owner, or was changed.
    func open(_ sealed: [UInt8], for owner: String) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let bytes = try? AES.GCM.open(box, using: key, authenticating: Data(owner.utf8))
        else { return nil }
        return Array(bytes)
    }
}

extension SymmetricKey {
    /// A key that follows from SECRET_KEY (HKDF, RFC 5869) and has nothing in common with those for other purposes.
    static func derived(from secretKey: [UInt8], purpose: StaticString) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secretKey),
            info: Data("mediashare \(purpose)".utf8),
            outputByteCount: 32
        )
    }
}
