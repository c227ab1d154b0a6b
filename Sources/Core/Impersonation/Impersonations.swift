import Persistence

/// Acting for somebody, to see what they see: with a reason, for an hour, written down under both names, and without a
/// way to what proves who they are.
package struct Impersonations: Sendable {
    /// How long it lasts at most.
    package static let lifetime = Duration.hours(1)

    let accounts: Accounts

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    private struct Reasoned: Sendable {
        let text: String

        init(_ text: String) throws(Failure) {
            let text = text.trimmed
            guard (3...500).contains(text.codePoints) else { throw .invalid([.reasonLength]) }
            self.text = text
        }
    }

    /// Starts a session of the account for who asks; answers its token, for the cookie and nothing else.
    ///
    /// Nobody acts for administrators of any kind, for themselves, or for somebody while acting for somebody else.
    /// Throws `Failure` at the field `reason`.
    package func start(_ publicID: String, reason: String, in scope: Scope) async throws -> String {
        try People.requireManager(scope)
        let impersonator = try scope.requireAccount()
        guard scope.impersonator == nil else { throw Failure.notWhileActing }
        let reason = try Reasoned(reason)
        let (token, sessionID, now) = (accounts.effects.secret(), accounts.effects.publicID(), accounts.effects.now())
        try await accounts.database.write { db in
            guard let account = try AccountQueries.find(publicID: publicID, in: scope, on: db) else {
                throw Failure.notFound
            }
            try PersonRules.checkMayManage(account, in: scope, on: db)
            let type = try UserTypes.ofAccount(account.id, on: db)
            guard account.id != impersonator, type.permissions.isDisjoint(with: Permission.administrative) else {
                throw Failure.notForAdministrators
            }
            guard account.status == .active else { throw Failure.notActive }
            try SessionQueries.insert(
                token: SecretHash.of(token),
                publicID: sessionID,
                account: account.id,
                isKept: false,
                origin: scope.origin,
                at: now,
                on: db
            )
            try db.execute(
                ImpersonationQueries.mark(sessionID, impersonator: impersonator, until: now + Self.lifetime)
            )
            let event = AuditEvent(
                "impersonation.started",
                .account(account.id),
                details: ["reason": reason.text],
                onBehalfOf: account.id
            )
            try Audit.record(event, in: scope, at: now, on: db)
        }
        return token
    }

    /// Ends it before its time. Throws `Failure.notFound` for a session in which nobody acts for another.
    package func end(_ session: Session, in scope: Scope) async throws {
        guard session.impersonator != nil else { throw Failure.notFound }
        let now = accounts.effects.now()
        try await accounts.database.write { db in
            guard try db.execute(ImpersonationQueries.end(session.id)) == 1 else { return }
            try Audit.record(
                AuditEvent("impersonation.ended", .account(session.account.id)),
                in: scope,
                at: now,
                on: db
            )
        }
    }
}
