import Persistence

extension Accounts {
    /// Asks for a link by mail: to prove an address, or to set a new password.
    ///
    /// What happens here is the same whether or not there is such an account, whatever its state; a job finds out
    /// afterwards. Throws `Failure` at the field `email` for what is no address, `Failure.noMail` where none can be sent.
    package func askForLink(
        _ purpose: EmailLink.Purpose,
        to email: String,
        language: String,
        in scope: Scope
    ) async throws {
        guard policy.sendsMail else { throw Failure.noMail }
        let address: EmailAddress
        do throws(Failure.FieldProblem) { address = try EmailAddress(email) } catch { throw Failure.invalid([error]) }
        let now = effects.now()
        let request = JobRequest(
            kind: AccountLinkJob.kind,
            payload: ["purpose": purpose.rawValue, "email": address.key, "language": language],
            tenant: scope.tenant,
            priority: .high,
            uniqueKey: "link:\(purpose.rawValue):\(scope.tenant):\(address.key)"
        )
        try await database.write { db in
            try Jobs.enqueue(request, on: db, at: now)
            let action = "account.\(purpose.rawValue)_link_asked"
            try Audit.record(AuditEvent(action, nil), in: scope, at: now, on: db)
        }
    }

    /// Throws `Failure.linkGone` for a link that cannot be used any more.
    package func checkLink(_ token: String, _ purpose: EmailLink.Purpose) async throws {
        _ = try await holder(of: token, purpose)
    }

    /// Proves the address that the link was sent to. Throws `Failure.linkGone` for all but the first use.
    package func verifyEmail(token: String, in scope: Scope) async throws -> Account {
        let hash = SecretHash.of(token)
        let now = effects.now()
        return try await database.write { db in
            let id = try Self.use(hash, .verify, at: now, on: db)
            try db.execute(EmailLinkQueries.endAll(.verify, of: id, at: now))
            try db.execute(EmailLinkQueries.verified(id, at: now))
            try Audit.record(AuditEvent("account.email_verified", .account(id)), in: scope, at: now, on: db)
            return try Self.reload(id, on: db)
        }
    }

    /// Sets a new password, ends every session, wherever it is, and revokes every API token. Whoever got here reads the address, so it is proven as
    /// well, and wrong tries are forgotten.
    ///
    /// Throws `Failure.linkGone` for all but the first use, and `Failure` at the fields `password` and
    /// `password_confirmation`, which leaves the link as it was.
    package func resetPassword(
        token: String,
        password: String,
        confirmation: String,
        language: String,
        in scope: Scope
    ) async throws -> Account {
        let holder = try await holder(of: token, .reset)
        var problems: [Failure.FieldProblem] = []
        if let problem = rules.problem(of: password, knownBy: [holder.username, holder.email]) {
            problems.append(problem)
        }
        if password != confirmation { problems.append(.confirmationDiffers) }
        guard problems.isEmpty else { throw Failure.invalid(problems) }
        let passwordHash = try await passwords.hash(PasswordRules.normalized(password))
        let hash = SecretHash.of(token)
        let now = effects.now()
        return try await database.write { db in
            let id = try Self.use(hash, .reset, at: now, on: db)
            try db.execute(EmailLinkQueries.setPassword(passwordHash, of: id, at: now))
            try db.execute(EmailLinkQueries.endAll(.reset, of: id, at: now))
            try db.execute(EmailLinkQueries.verified(id, at: now))
            try Sessions.endAll(of: id, on: db)
            try db.execute(SignInStepQueries.endAll(of: id))
            try DeviceQueries.forgetAll(of: id, on: db)
            try APITokens.revokeAll(of: id, at: now, on: db)
            let account = try Self.reload(id, on: db)
            try SignInQueries.forgetAll(SignInDoor.subject(email: account.email, tenant: account.tenant), on: db)
            try Audit.record(AuditEvent("account.password_reset", .account(id)), in: scope, at: now, on: db)
            try Notify.tell(id, .passwordChanged, at: now, on: db)
            try Outbox.add(.passwordChanged, to: account, language: language, at: now, on: db)
            return account
        }
    }

    private func holder(of token: String, _ purpose: EmailLink.Purpose) async throws -> Account {
        let hash = SecretHash.of(token)
        let now = effects.now()
        return try await database.read { db in
            guard let id = try db.value(EmailLinkQueries.open(hash, purpose, at: now), as: ID<Account>.self) else {
                throw Failure.linkGone
            }
            return try Self.reload(id, on: db)
        }
    }

    /// The look says whose link it is, and the update who came first.
    private static func use(
        _ hash: [UInt8],
        _ purpose: EmailLink.Purpose,
        at now: Timestamp,
        on db: any Connection
    ) throws -> ID<Account> {
        guard let id = try db.value(EmailLinkQueries.open(hash, purpose, at: now), as: ID<Account>.self),
            try db.execute(EmailLinkQueries.use(hash, at: now)) == 1
        else { throw Failure.linkGone }
        return id
    }

    private static func reload(_ id: ID<Account>, on db: any Connection) throws -> Account {
        guard let account = try AccountQueries.find(id, in: .system(), on: db) else { throw Failure.notFound }
        return account
    }
}
