import Persistence

/// How the first administrator's account is made: with a link that the program prints at its first start. There is no
/// default password, and no link as soon as there is an administrator.
package struct AdminSetup: Sendable {
    private let accounts: Accounts

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    /// How long a link can be used.
    package static let lifetime = Duration.hours(24)

    /// A new token for the link, and the end of every older one; nil when there is an administrator already.
    package func issue() async throws -> String? {
        let token = accounts.effects.secret()
        let now = accounts.effects.now()
        let isIssued = try await accounts.database.write { db in
            guard try !AccountQueries.hasAdministrator(on: db) else { return false }
            try AdminSetupQueries.endAll(on: db)
            try AdminSetupQueries.insert(SecretHash.of(token), at: now, until: now + Self.lifetime, on: db)
            return true
        }
        return isIssued ? token : nil
    }

    /// Throws `Failure.setupLinkGone` for a link that cannot be used any more.
    package func check(_ token: String) async throws {
        let now = accounts.effects.now()
        let isOpen = try await accounts.database.read { db in
            try AdminSetupQueries.isOpen(SecretHash.of(token), at: now, on: db)
                && !AccountQueries.hasAdministrator(on: db)
        }
        guard isOpen else { throw Failure.setupLinkGone }
    }

    /// Makes the administrator and uses the link up, both or neither: what was typed wrongly leaves the link as it was.
    /// Throws `Failure.setupLinkGone`, or `Failure` with the fields of `Accounts.register`.
    package func createAdmin(token: String, _ registration: Registration, in scope: Scope) async throws -> Account {
        try await check(token)
        let draft = try await accounts.draft(registration, typeCode: "admin", parent: nil, in: scope)
        return try await accounts.database.write { db in
            guard try !AccountQueries.hasAdministrator(on: db),
                try AdminSetupQueries.use(SecretHash.of(token), at: draft.now, on: db)
            else { throw Failure.setupLinkGone }
            return try Accounts.insert(draft, action: "account.admin_created", in: scope, on: db)
        }
    }
}
