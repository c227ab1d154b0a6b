import Persistence

extension Accounts {
    /// Makes an account from what somebody typed, of the default type, within the scope's tenant.
    ///
    /// The person is sent a link that proves the address, where mail can be sent.
    ///
    /// Throws one `Failure` of kind `.invalid` with every field that needs another look: `username`, `email`,
    /// `password`, `password_confirmation`, `agreement`. Of two who want the same name at the same moment one gets it and
    /// the other is told so at the field.
    package func register(
        _ registration: Registration,
        parent: ID<Account>? = nil,
        in scope: Scope
    ) async throws -> Account {
        let draft = try await draft(registration, typeCode: nil, parent: parent, isVouchedFor: false, in: scope)
        return try await database.write { [policy] db in
            let account = try Self.insert(draft, action: "account.registered", in: scope, on: db)
            if case .given(let versions) = registration.agreement {
                try Policies.accept(versions, by: account.id, at: draft.now, on: db)
            }
            if policy.sendsMail {
                try Outbox.add(.verifyEmail, to: account, language: registration.language, at: draft.now, on: db)
            }
            return account
        }
    }

    /// Makes an account for somebody else. Needs `manageAccounts`; with `manageCustomers` alone it stands below one's
    /// own account and is a customer's or a reseller's. The fields are those of `register`, and `user_type`, `parent`.
    package func create(_ new: NewAccount, in scope: Scope) async throws -> Account {
        let parent = try Self.allowedParent(for: new, in: scope)
        let draft = try await draft(new.registration, typeCode: new.typeCode, parent: parent, in: scope)
        return try await database.write { db in
            if let parent, !scope.may(.manageAccounts), try AccountQueries.find(parent, in: scope, on: db) == nil {
                throw Failure.invalid([.unknownParent])
            }
            // Nobody gives rights that they do not have.
            let type = try Self.userType(new.typeCode, on: db)
            guard type.permissions.intersection(Permission.administrative).isSubset(of: scope.permissions) else {
                throw Failure.invalid([.unknownUserType])
            }
            return try Self.insert(draft, action: "account.created", in: scope, on: db)
        }
    }

    private static func allowedParent(for new: NewAccount, in scope: Scope) throws -> ID<Account>? {
        if scope.may(.manageAccounts) { return new.parent }
        try scope.require(.manageCustomers)
        guard new.typeCode != "admin" else { throw Failure.invalid([.unknownUserType]) }
        return try new.parent ?? scope.requireAccount()
    }

    /// Everything that must be known or computed before the transaction.
    struct Draft: Sendable {
        let username: Username
        let email: EmailAddress
        /// Empty for an account that gets its password by a link.
        let passwordHash: String
        let typeCode: String?
        let parent: ID<Account>?
        let publicID: String
        let profilePublicID: String
        /// Whether the address counts as proven without a mail.
        let isVouchedFor: Bool
        let now: Timestamp
    }

    /// Checks every field, looks up whether name and address are free, and hashes. That the lookup said "free" is worth
    /// nothing at the insert, which decides again.
    func draft(
        _ registration: Registration,
        typeCode: String?,
        parent: ID<Account>?,
        isVouchedFor: Bool = true,
        in scope: Scope
    ) async throws -> Draft {
        let checked = registration.check(rules)
        let taken = try await database.read { db in
            try RegistrationQueries.taken(
                username: checked.username?.key,
                email: checked.email?.key,
                in: scope.tenant,
                on: db
            )
        }
        let problems = checked.problems + taken
        guard problems.isEmpty, let username = checked.username, let email = checked.email else {
            throw Failure.invalid(problems)
        }
        return Draft(
            username: username,
            email: email,
            passwordHash: try await passwords.hash(PasswordRules.normalized(registration.password)),
            typeCode: typeCode,
            parent: parent,
            publicID: effects.publicID(),
            profilePublicID: effects.publicID(),
            isVouchedFor: isVouchedFor,
            now: effects.now()
        )
    }

    /// The account with its place in the tree, its password and its default profile.
    static func insert(
        _ draft: Draft,
        action: String,
        in scope: Scope,
        on db: any Connection
    ) throws -> Account {
        let type = try userType(draft.typeCode, on: db)
        guard let id = try RegistrationQueries.insert(draft, type: type.id, tenant: scope.tenant, on: db) else {
            let taken = try RegistrationQueries.taken(
                username: draft.username.key,
                email: draft.email.key,
                in: scope.tenant,
                on: db
            )
            throw Failure.invalid(taken)
        }
        try AccountTree.plant(id, below: draft.parent, on: db)
        if !draft.passwordHash.isEmpty {
            try RegistrationQueries.insertPassword(draft.passwordHash, of: id, at: draft.now, on: db)
        }
        try RegistrationQueries.insertProfile(draft, of: id, on: db)
        try Audit.record(
            AuditEvent(
                action,
                .account(id),
                details: ["username": draft.username.text, "user_type": type.code]
            ),
            in: scope,
            at: draft.now,
            on: db
        )
        guard let account = try AccountQueries.find(id, in: .system(), on: db) else { throw Failure.notFound }
        return account
    }

    private static func userType(_ code: String?, on db: any Connection) throws -> UserType {
        let found =
            if let code {
                try UserTypeQueries.find(code: code, on: db)
            } else {
                try UserTypeQueries.standard(on: db)
            }
        guard let found else { throw Failure.invalid([.unknownUserType]) }
        return found
    }
}
