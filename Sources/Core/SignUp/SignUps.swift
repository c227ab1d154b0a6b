import Persistence

/// Signing up where the address comes first: an account is made when the link in the mail is opened, and not before.
package struct SignUps: Sendable {
    private let accounts: Accounts

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    struct Draft: Sendable {
        let username: Username
        let email: EmailAddress
        let passwordHash: String
        let language: String
        let agreed: PolicyVersions
        let now: Timestamp
    }

    /// Asks for an account. What happens is the same whether or not there is one with the address already, down to the number
    /// of hashes: the mail finds out. Names are known to others anyway, so one that is taken is said at its field.
    ///
    /// Throws `Failure` with the fields of `Accounts.register`, and `Failure.noMail` where none can be sent.
    package func ask(_ registration: Registration, in scope: Scope) async throws {
        guard accounts.sendsMail else { throw Failure.noMail }
        let checked = registration.check(accounts.rules)
        let taken = try await accounts.database.read { db in
            try RegistrationQueries.taken(username: checked.username?.key, email: nil, in: scope.tenant, on: db)
        }
        let problems = checked.problems + taken
        guard problems.isEmpty, let username = checked.username, let email = checked.email else {
            throw Failure.invalid(problems)
        }
        guard case .given(let agreed) = registration.agreement else { throw Failure.invalid([.agreementMissing]) }
        let draft = Draft(
            username: username,
            email: email,
            passwordHash: try await accounts.passwords.hash(PasswordRules.normalized(registration.password)),
            language: registration.language,
            agreed: agreed,
            now: accounts.effects.now()
        )
        try await accounts.database.write { db in
            try Policies.check(agreed, on: db)
            let id: ID<SignUp> = try db.inserted(SignUpQueries.insert(draft, in: scope.tenant))
            try Jobs.enqueue(SignUpDelivery.request(for: id, in: scope.tenant), on: db, at: draft.now)
            try Audit.record(AuditEvent("account.sign_up_asked", nil), in: scope, at: draft.now, on: db)
        }
    }

    /// Throws `Failure.linkGone` for a link that cannot be used any more.
    package func find(token: String) async throws -> SignUp {
        let now = accounts.effects.now()
        return try await accounts.database.read { db in try Self.open(token, at: now, on: db) }
    }

    /// Makes the account that the link stands for; its address is proven. Throws `Failure.linkGone` for all but the first use,
    /// and `Failure` at the field `username`, which leaves the link as it was.
    /// - Parameter username: the one that was chosen, or another when somebody has that by now.
    package func complete(token: String, username: String, in scope: Scope) async throws -> Account {
        let name: Username
        do throws(Failure.FieldProblem) { name = try Username(username) } catch { throw Failure.invalid([error]) }
        let effects = accounts.effects
        let (publicID, profile, now) = (effects.publicID(), effects.publicID(), effects.now())
        return try await accounts.database.write { db in
            let signUp = try Self.open(token, at: now, on: db)
            guard try db.execute(SignUpQueries.delete(signUp.id)) == 1 else { throw Failure.linkGone }
            let draft = Accounts.Draft(
                username: name,
                email: try EmailAddress(signUp.email),
                passwordHash: signUp.passwordHash,
                typeCode: nil,
                parent: nil,
                publicID: publicID,
                profilePublicID: profile,
                isVouchedFor: true,
                now: now
            )
            let account = try Accounts.insert(draft, action: "account.registered", in: scope, on: db)
            try Policies.note(signUp.agreed, by: account.id, at: signUp.createdAt, on: db)
            try db.execute(SignUpQueries.deleteAll(for: signUp))
            return account
        }
    }

    private static func open(_ token: String, at now: Timestamp, on db: any Connection) throws -> SignUp {
        let statement = SignUpQueries.open(SecretHash.of(token), at: now)
        guard let signUp = try db.first(statement).map(SignUp.init) else { throw Failure.linkGone }
        return signUp
    }
}
