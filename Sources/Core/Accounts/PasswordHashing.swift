package import Integrations

/// What accounts need of whoever hashes passwords. Hashing is slow on purpose: it runs on a bounded pool, never inside
/// a transaction.
package protocol PasswordHashing: Sendable {
    /// A new hash with a salt of its own.
    func hash(_ password: String) async throws -> String

    /// Compares in constant time. Knows its own hashes and those of Werkzeug.
    func verify(_ password: String, against stored: String) async throws -> PasswordHasher.Verification

    /// Takes as long as `verify` does, for accounts that do not exist.
    func burn() async throws
}

extension PasswordHasher: PasswordHashing {}
