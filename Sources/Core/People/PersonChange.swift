import Crypto
import Foundation
import Persistence

/// What somebody who manages an account wants it to be, all of it as it came from a form.
package struct PersonChange: Sendable, Hashable {
    package let username: String
    package let email: String
    /// A user type's code.
    package let typeCode: String
    /// `active` or `suspended`; a closed account keeps `closed`.
    package let status: String
    /// The username of whose customer it is; blank for nobody's.
    package let parent: String
    /// `Account.version` when the form was made.
    package let version: String
    /// BCP 47: of mails about it to somebody who chose no language.
    package let language: String

    package init(
        username: String,
        email: String,
        typeCode: String,
        status: String,
        parent: String,
        version: String,
        language: String = "en"
    ) {
        self.username = username
        self.email = email
        self.typeCode = typeCode
        self.status = status
        self.parent = parent
        self.version = version
        self.language = language
    }
}

extension Account {
    /// Another one as soon as anything that can be edited is another.
    package var version: String {
        let parts = [username, email, typeCode, status.rawValue, parent?.description ?? "-"]
        let digest = SHA256.hash(data: Data(parts.joined(separator: "\u{0}").utf8))
        return digest.prefix(12).map { String(format: "%02x", $0) }.joined()
    }
}

extension People {
    /// Changes an account to what a form says; of what stays the same nothing is written down.
    ///
    /// A new address has to be proven where mails can be sent. Throws `Failure.changedMeanwhile` when the account is not
    /// what it was when the form was made, and `Failure` at the fields `username`, `email`, `user_type`, `status` and
    /// `parent`.
    package func edit(_ publicID: String, _ change: PersonChange, in scope: Scope) async throws {
        try Self.requireManager(scope)
        let now = effects.now()
        try await database.write { [policy = accounts.policy] db in
            guard let account = try AccountQueries.find(publicID: publicID, in: scope, on: db) else {
                throw Failure.notFound
            }
            try PersonRules.checkMayManage(account, in: scope, on: db)
            guard account.version == change.version else { throw Failure.changedMeanwhile }
            let edit = try PersonEdit(change, of: account, in: scope, on: db)
            try edit.perform(policy, language: change.language, in: scope, at: now, on: db)
        }
    }
}
