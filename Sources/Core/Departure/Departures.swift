import Persistence

/// How people delete their own account: they ask for it, and some days later it is erased as one that administrators closed.
/// Until then it stays as it is, and whoever logs in is asked whether to keep it.
package struct Departures: Sendable {
    private let accounts: Accounts
    /// Between the wish and its end.
    package let wait: Duration

    package init(accounts: Accounts, wait: Duration = .days(14)) {
        self.accounts = accounts
        self.wait = wait
    }

    /// Asks for the asking account to be deleted. It is signed out everywhere and its API tokens are revoked at once.
    ///
    /// Throws `Failure` at the field `username` unless that is its own, typed to mean it, and `Failure.lastAdministrator`.
    /// Answers when the account is gone.
    @discardableResult
    package func ask(typing username: String, language: String, in scope: Scope) async throws -> Timestamp {
        let id = try scope.requireAccount()
        let now = accounts.effects.now()
        let leavesAt = now + wait
        return try await accounts.database.write { [policy = accounts.policy] db in
            guard let account = try AccountQueries.find(id, in: scope, on: db) else { throw Failure.notFound }
            guard username.trimmed.lowercased() == account.username.lowercased() else {
                throw Failure.invalid([.notOwnUsername])
            }
            try Self.checkMayLeave(account, on: db)
            guard try db.execute(DepartureQueries.insert(id, at: now, until: leavesAt)) == 1 else {
                return try db.value(DepartureQueries.leavesAt(id)) ?? leavesAt
            }
            try Sessions.endAll(of: id, on: db)
            try APITokens.revokeAll(of: id, at: now, on: db)
            try Audit.record(AuditEvent("account.departure_asked", .account(id)), in: scope, at: now, on: db)
            if policy.sendsMail { try Outbox.add(.departureAsked, to: account, language: language, at: now, on: db) }
            return leavesAt
        }
    }

    /// When the asking account is deleted; nil when nobody asked for it.
    package func leavesAt(in scope: Scope) async throws -> Timestamp? {
        let statement = DepartureQueries.leavesAt(try scope.requireAccount())
        return try await accounts.database.read { db in try db.value(statement) }
    }

    /// Keeps the asking account. Nothing happens when nobody asked for its end.
    package func cancel(in scope: Scope) async throws {
        let id = try scope.requireAccount()
        let now = accounts.effects.now()
        try await accounts.database.write { db in
            guard try db.execute(DepartureQueries.delete(id)) == 1 else { return }
            try Audit.record(AuditEvent("account.departure_dropped", .account(id)), in: scope, at: now, on: db)
        }
    }

    /// Throws `Failure.lastAdministrator`.
    static func checkMayLeave(_ account: Account, on db: any Connection) throws {
        guard try account.typeCode != "admin" || PersonQueries.hasAdministrator(besides: account.id, on: db) else {
            throw Failure.lastAdministrator
        }
    }
}
