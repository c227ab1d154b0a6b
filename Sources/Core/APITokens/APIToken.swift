import Persistence

/// A token with which a program acts for an account.
package struct APIToken: Sendable, Hashable {
    package let id: ID<APIToken>
    package let publicID: String
    package let account: ID<Account>
    package let name: String
    /// What was granted to the program; it may do no more than the account may at the time.
    package let permissions: Set<Permission>
    package let createdAt: Timestamp
    package let expiresAt: Timestamp?
    package let lastUsedAt: Timestamp?
    package let revokedAt: Timestamp?

    package func isUsable(at now: Timestamp) -> Bool {
        revokedAt == nil && expiresAt.map { now < $0 } ?? true
    }
}

extension APIToken {
    static let columns: SQL = """
        t.id AS token_id, t.public_id AS token_public_id, t.account_id AS token_account_id, t.name AS token_name,
        t.permissions AS token_permissions, t.created_at AS token_created_at, t.expires_at AS token_expires_at,
        t.last_used_at AS token_last_used_at, t.revoked_at AS token_revoked_at
        """

    init(_ row: Row) throws {
        id = try row["token_id"]
        publicID = try row["token_public_id"]
        account = try row["token_account_id"]
        name = try row["token_name"]
        permissions = PermissionList(stored: try row["token_permissions"]).permissions
        createdAt = try row["token_created_at"]
        expiresAt = try row.optional("token_expires_at")
        lastUsedAt = try row.optional("token_last_used_at")
        revokedAt = try row.optional("token_revoked_at")
    }
}

/// A request that came with a token: whose it is, and what it may do.
package struct TokenBearer: Sendable {
    package let token: APIToken
    package let account: Account
    package let userType: UserType
    /// Whether the account asks for a code after the password.
    package let hasSecondFactor: Bool

    /// The account's permissions as far as they were granted to the token.
    package func scope(origin: Scope.Origin?) -> Scope {
        var scope = Scope(
            actor: .account(account.id),
            tenant: account.tenant,
            permissions: userType.permissions.intersection(token.permissions),
            origin: origin
        )
        scope.credential = .token(token.id)
        scope.limits = userType.limits
        return scope
    }

    init(_ row: Row, policy: EmailPolicy) throws {
        token = try APIToken(row)
        account = try Account(row)
        userType = policy.type(try UserType(row), of: account)
        hasSecondFactor = try row["has_second_factor"]
    }
}
