import Persistence

/// A new password for whoever is signed in, as it was typed.
package struct PasswordChange: Sendable, Hashable {
    package let current: PasswordProof
    package let password: String
    package let confirmation: String
    /// Whether programs with API tokens lose their access, too.
    package let revokesTokens: Bool
    /// BCP 47: in which language the person reads the mail about it.
    package let language: String

    package init(
        current: PasswordProof,
        password: String,
        confirmation: String,
        revokesTokens: Bool,
        language: String
    ) {
        self.current = current
        self.password = password
        self.confirmation = confirmation
        self.revokesTokens = revokesTokens
        self.language = language
    }
}

extension Accounts {
    /// Sets a new password. Every session but the one named ends, every device but the one that asks is a stranger again, and
    /// the person is told by mail.
    ///
    /// Throws `Failure` at the fields `current_password`, `password` and `password_confirmation`, and what `prove` throws.
    package func changePassword(
        _ change: PasswordChange,
        keeping session: ID<Session>?,
        in scope: Scope
    ) async throws {
        let account = try await find(scope.requireAccount(), in: scope)
        var problems: [Failure.FieldProblem] = []
        if change.current.password.isEmpty { problems.append(.currentPasswordMissing) }
        if let problem = rules.problem(of: change.password, knownBy: [account.username, account.email]) {
            problems.append(problem)
        }
        if change.password != change.confirmation { problems.append(.confirmationDiffers) }
        guard problems.isEmpty else { throw Failure.invalid(problems) }
        let old = try await proven(change.current, in: scope)
        let new = try await passwords.hash(PasswordRules.normalized(change.password))
        let device = change.current.device.map(SecretHash.of)
        let now = effects.now()
        try await database.write { [policy] db in
            // Of two changes at once the second proved a password that is none any more.
            guard try SignInQueries.rehash(account.id, from: old, to: new, at: now, on: db) == 1 else {
                throw Failure.invalid([.currentPasswordWrong])
            }
            try Sessions.endAll(of: account.id, except: session, on: db)
            try db.execute(SignInStepQueries.endAll(of: account.id))
            try DeviceQueries.forgetAll(of: account.id, except: device, on: db)
            try db.execute(EmailLinkQueries.endAll(.reset, of: account.id, at: now))
            if change.revokesTokens { try APITokens.revokeAll(of: account.id, at: now, on: db) }
            try Audit.record(
                AuditEvent(
                    "account.password_changed",
                    .account(account.id),
                    details: ["tokens": change.revokesTokens ? "revoked" : "kept"]
                ),
                in: scope,
                at: now,
                on: db
            )
            try Notify.tell(account.id, .passwordChanged, at: now, on: db)
            guard policy.sendsMail else { return }
            try Outbox.add(.passwordChanged, to: account, language: change.language, at: now, on: db)
        }
    }
}
