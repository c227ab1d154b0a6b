import Persistence

enum RegistrationQueries {
    /// Which of the two belong to somebody already, or can still go back to who had it lately.
    /// - Parameter account: whose own they may be.
    static func taken(
        username: String?,
        email: String?,
        in tenant: ID<Tenant>,
        besides account: ID<Account>? = nil,
        on db: any Connection
    ) throws -> [Failure.FieldProblem] {
        var problems: [Failure.FieldProblem] = []
        if let username,
            try db.exists(
                """
                SELECT 1 FROM account
                WHERE tenant_id = \(tenant) AND username_key = \(username) AND id <> \(account ?? ID(0))
                """
            )
        {
            problems.append(.usernameTaken)
        }
        if let email, try isTaken(email, in: tenant, besides: account, on: db) { problems.append(.emailTaken) }
        return problems
    }

    private static func isTaken(
        _ email: String,
        in tenant: ID<Tenant>,
        besides account: ID<Account>?,
        on db: any Connection
    ) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM account
            WHERE tenant_id = \(tenant) AND email_key = \(email) AND id <> \(account ?? ID(0))
            """
        ) || db.exists(AddressChangeQueries.isKept(email, in: tenant, besides: account))
    }

    /// nil when the name or the address belongs to somebody already.
    static func insert(
        _ draft: Accounts.Draft,
        type: ID<UserType>,
        tenant: ID<Tenant>,
        on db: any Connection
    ) throws -> ID<Account>? {
        try db.value(
            """
            INSERT INTO account
                (public_id, tenant_id, user_type_id, parent_id, username, username_key, email, email_key, status,
                 created_at, email_verified_at)
            VALUES
                (\(draft.publicID), \(tenant), \(type), \(draft.parent), \(draft.username.text),
                 \(draft.username.key), \(draft.email.text), \(draft.email.key), \(Account.Status.active),
                 \(draft.now), \(draft.isVouchedFor ? draft.now : nil))
            ON CONFLICT DO NOTHING RETURNING id
            """
        )
    }

    static func insertPassword(
        _ hash: String,
        of account: ID<Account>,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        try db.execute(
            """
            INSERT INTO identity (account_id, kind, secret, created_at, changed_at)
            VALUES (\(account), 'password', \(hash), \(now), \(now))
            """
        )
    }

    static func insertProfile(_ draft: Accounts.Draft, of account: ID<Account>, on db: any Connection) throws {
        try db.execute(
            """
            INSERT INTO profile (public_id, account_id, name, is_default, created_at)
            VALUES (\(draft.profilePublicID), \(account), \(draft.username.text), 1, \(draft.now))
            """
        )
    }
}
