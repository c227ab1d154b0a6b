package import Persistence

/// The people who can sign in.
package struct Accounts: Sendable {
    let database: any Database
    let effects: Effects
    let passwords: any PasswordHashing
    let rules: PasswordRules
    let policy: EmailPolicy

    package init(
        database: any Database,
        effects: Effects,
        passwords: any PasswordHashing,
        rules: PasswordRules = PasswordRules(),
        policy: EmailPolicy = .none
    ) {
        self.database = database
        self.effects = effects
        self.passwords = passwords
        self.rules = rules
        self.policy = policy
    }

    /// Whether mails can leave this installation.
    package var sendsMail: Bool { policy.sendsMail }

    /// Throws `Failure.notFound` for an account that is not there or not to be seen.
    package func find(_ id: ID<Account>, in scope: Scope) async throws -> Account {
        guard let account = try await database.read({ db in try AccountQueries.find(id, in: scope, on: db) }) else {
            throw Failure.notFound
        }
        return account
    }

    package func find(publicID: String, in scope: Scope) async throws -> Account {
        let found = try await database.read { db in try AccountQueries.find(publicID: publicID, in: scope, on: db) }
        guard let found else { throw Failure.notFound }
        return found
    }

    /// By the address within the scope's tenant, however it is written. Throws `Failure.notFound`.
    package func byEmail(_ email: String, in scope: Scope) async throws -> Account {
        let key = email.trimmed.lowercased()
        let found = try await database.read { db in try AccountQueries.find(emailKey: key, in: scope, on: db) }
        guard let found else { throw Failure.notFound }
        return found
    }

    /// Whether somebody is a customer of the account.
    package func hasCustomers(_ id: ID<Account>) async throws -> Bool {
        try await database.read { db in try db.exists(ClosingQueries.customers(of: id)) }
    }

    /// The usernames of those accounts that may be seen.
    package func names(of ids: Set<ID<Account>>, in scope: Scope) async throws -> [ID<Account>: String] {
        guard !ids.isEmpty else { return [:] }
        let statement = AccountQueries.names(of: Array(ids), in: scope)
        let names = try await database.read { db in
            try db.all(statement) { row in (try row["id"] as ID<Account>, try row["username"] as String) }
        }
        return Dictionary(uniqueKeysWithValues: names)
    }

    package enum Sort: String, Sendable, Hashable, CaseIterable {
        case newest, oldest, username
    }

    /// The accounts of the scope's tenant that may be seen.
    package func list(
        _ sort: Sort = .newest,
        behind cursor: Cursor? = nil,
        limit: Int = 50,
        in scope: Scope
    ) async throws -> ListPage<Account> {
        _ = try scope.actor == .system ? nil : scope.requireAccount()
        let limit = min(max(limit, 1), 200)
        let statement = try AccountQueries.listStatement(sort, behind: cursor, limit: limit + 1, in: scope)
        let accounts = try await database.read { db in try db.all(statement, as: Account.init) }
        return ListPage(fetched: accounts, limit: limit) { AccountQueries.cursor(of: $0, sort) }
    }

    /// What an account may do, asking for itself. Throws `Failure.notFound` unless it is active.
    package func scope(for id: ID<Account>, origin: Scope.Origin? = nil) async throws -> Scope {
        try await database.read { [policy] db in
            guard let account = try AccountQueries.find(id, in: .system(), on: db), account.status == .active else {
                throw Failure.notFound
            }
            let type = policy.type(try UserTypes.ofAccount(id, on: db), of: account)
            return Scope(
                actor: .account(id),
                tenant: account.tenant,
                permissions: type.permissions,
                origin: origin
            )
        }
    }

    /// Lets an account sign in or keeps it from it; whoever is signed in with it is signed out. Needs `manageAccounts`,
    /// or `manageCustomers` for an account below one's own. The last administrator stays, and nobody shuts themselves
    /// out.
    package func setStatus(_ status: Account.Status, of id: ID<Account>, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            let account = try Self.managed(id, in: scope, on: db)
            guard account.status != status else { return }
            if status != .active {
                try PersonRules.checkMayLeave(account, in: scope, on: db)
                try Sessions.endAll(of: id, on: db)
            }
            try AccountQueries.setStatus(status, of: id, on: db)
            try Audit.record(
                AuditEvent(
                    "account.status_changed",
                    .account(id),
                    details: ["status.before": account.status.rawValue, "status": status.rawValue]
                ),
                in: scope,
                at: now,
                on: db
            )
        }
    }

    /// An account that the scope may change: any for `manageAccounts`, those below one's own for `manageCustomers`.
    static func managed(_ id: ID<Account>, in scope: Scope, on db: any Connection) throws -> Account {
        guard let account = try AccountQueries.find(id, in: scope, on: db) else { throw Failure.notFound }
        if scope.may(.manageAccounts) { return account }
        try scope.require(.manageCustomers)
        guard scope.account != id else { throw Failure.forbidden }
        return account
    }
}
