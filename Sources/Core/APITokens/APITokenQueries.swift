import Persistence

enum APITokenQueries {
    static func insert(_ draft: APITokens.Draft, on db: any Connection) throws -> APIToken {
        let row = try db.first(
            """
            INSERT INTO api_token (public_id, token_hash, account_id, name, permissions, created_at, expires_at)
            VALUES (\(draft.publicID), \(draft.hash), \(draft.account), \(draft.name),
                \(PermissionList(draft.permissions).stored), \(draft.now), \(draft.expiresAt))
            RETURNING id AS token_id, public_id AS token_public_id, account_id AS token_account_id, name AS token_name,
                permissions AS token_permissions, created_at AS token_created_at, expires_at AS token_expires_at,
                last_used_at AS token_last_used_at, revoked_at AS token_revoked_at
            """
        )
        guard let row else { throw RowError("an INSERT … RETURNING answered no row") }
        return try APIToken(row)
    }

    static func bearer(_ hash: [UInt8], policy: EmailPolicy, on db: any Connection) throws -> TokenBearer? {
        try db.first(bearerStatement(hash)).map { row in try TokenBearer(row, policy: policy) }
    }

    /// On every API request's way: three rows by their keys.
    static func bearerStatement(_ hash: [UInt8]) -> SQL {
        """
        SELECT \(APIToken.columns), \(Account.columns), \(UserType.columns),
            \(SecondFactorQueries.isOn) AS has_second_factor
        FROM api_token t JOIN account a ON a.id = t.account_id JOIN user_type ut ON ut.id = a.user_type_id
        WHERE t.token_hash = \(hash)
        """
    }

    static func bearerStatement(of token: ID<APIToken>) -> SQL {
        """
        SELECT \(APIToken.columns), \(Account.columns), \(UserType.columns)
        FROM api_token t JOIN account a ON a.id = t.account_id JOIN user_type ut ON ut.id = a.user_type_id
        WHERE t.id = \(token)
        """
    }

    static func touch(_ token: ID<APIToken>, at now: Timestamp, on db: any Connection) throws {
        try db.execute("UPDATE api_token SET last_used_at = \(now) WHERE id = \(token)")
    }

    static func list(
        of account: ID<Account>,
        behind cursor: Cursor?,
        limit: Int,
        in scope: Scope
    ) throws(Failure) -> SQL {
        let behind = try cursor?.behind("t.created_at", "t.id", .descending, key: .number) ?? "TRUE"
        return """
            SELECT \(APIToken.columns) FROM api_token t
            WHERE t.account_id = \(account) AND \(scope.sees("t.account_id")) AND \(behind)
            ORDER BY t.created_at DESC, t.id DESC LIMIT \(limit)
            """
    }

    static func revokeAll(of account: ID<Account>, at now: Timestamp, on db: any Connection) throws -> Int {
        try db.execute(
            "UPDATE api_token SET revoked_at = \(now) WHERE account_id = \(account) AND revoked_at IS NULL"
        )
    }

    static func revoke(
        publicID: String,
        at now: Timestamp,
        in scope: Scope,
        on db: any Connection
    ) throws -> ID<APIToken>? {
        try db.value(
            """
            UPDATE api_token SET revoked_at = \(now)
            WHERE public_id = \(publicID) AND revoked_at IS NULL AND \(scope.sees("api_token.account_id"))
            RETURNING id
            """
        )
    }
}
