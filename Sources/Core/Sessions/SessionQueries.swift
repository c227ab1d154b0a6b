import Persistence

enum SessionQueries {
    static func insert(
        token: [UInt8],
        publicID: String,
        account: ID<Account>,
        isKept: Bool,
        origin: Scope.Origin?,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        let address = origin?.address ?? ""
        let userAgent = String(origin?.userAgent.prefix(400) ?? "")
        try db.execute(
            """
            INSERT INTO session
                (public_id, token_hash, account_id, is_kept, created_at, last_used_at, proven_at, address, user_agent)
            VALUES
                (\(publicID), \(token), \(account), \(isKept), \(now), \(now), \(now), \(address), \(userAgent))
            """
        )
    }

    static func resume(_ token: [UInt8], on db: any Connection) throws -> Row? {
        try db.first(resumeStatement(token))
    }

    /// On every request's way: four rows by their keys.
    static func resumeStatement(_ token: [UInt8]) -> SQL {
        "\(active) AND s.token_hash = \(token)"
    }

    static func find(_ session: ID<Session>) -> SQL {
        "\(active) AND s.id = \(session)"
    }

    private static let active: SQL = """
        SELECT s.id AS session_id, s.public_id AS session_public_id, s.created_at AS session_created_at,
            s.last_used_at, s.is_kept, s.proven_at, \(SecondFactorQueries.isOn) AS has_second_factor,
            s.impersonator_id, s.ends_at, d.leaves_at, i.username AS impersonator_name,
            \(NotificationQueries.unread(of: "a.id")) AS unread,
            \(ViewerProfileQueries.hasToChoose) AS has_to_choose,
            \(Account.columns), \(UserType.columns), \(ViewerProfile.columns)
        FROM session s JOIN account a ON a.id = s.account_id JOIN user_type ut ON ut.id = a.user_type_id
            LEFT JOIN account i ON i.id = s.impersonator_id
            LEFT JOIN account_departure d ON d.account_id = a.id
            LEFT JOIN \(ViewerProfileQueries.ofSession)
        WHERE a.status = 'active'
        """

    /// Those of the sessions that are open, each with how many notifications wait for its account.
    static func unread(in sessions: [ID<Session>], within limits: SessionLimits, at now: Timestamp) -> SQL {
        """
        SELECT s.id, \(NotificationQueries.unread(of: "s.account_id")) AS unread
        FROM session s JOIN account a ON a.id = s.account_id
        WHERE s.id \(any: sessions) AND a.status = 'active' AND NOT \(over("s", limits))
            AND (s.ends_at IS NULL OR s.ends_at > \(now))
        """
    }

    static func touch(_ session: ID<Session>, at now: Timestamp, on db: any Connection) throws {
        try db.execute("UPDATE session SET last_used_at = \(now) WHERE id = \(session) AND last_used_at < \(now)")
    }

    static func prove(_ session: ID<Session>, of account: ID<Account>, at now: Timestamp) -> SQL {
        "UPDATE session SET proven_at = \(now) WHERE id = \(session) AND account_id = \(account)"
    }

    @discardableResult
    static func end(_ token: [UInt8], on db: any Connection) throws -> ID<Session>? {
        try db.value("DELETE FROM session WHERE token_hash = \(token) RETURNING id")
    }

    static func end(publicID: String, in scope: Scope, on db: any Connection) throws -> ID<Session>? {
        try db.value(
            """
            DELETE FROM session WHERE public_id = \(publicID) AND \(scope.sees("session.account_id")) RETURNING id
            """
        )
    }

    static func endAll(of account: ID<Account>, except kept: ID<Session>?, on db: any Connection) throws -> Int {
        let others: SQL = if let kept { " AND id <> \(kept)" } else { "" }
        return try db.execute(
            "DELETE FROM session WHERE (account_id = \(account) OR impersonator_id = \(account))\(others)"
        )
    }

    static func list(
        of account: ID<Account>,
        behind cursor: Cursor?,
        limit: Int,
        within limits: SessionLimits,
        in scope: Scope
    ) throws(Failure) -> SQL {
        let behind = try cursor?.behind("s.last_used_at", "s.id", .descending, key: .number) ?? "TRUE"
        return """
            SELECT s.id, s.public_id, s.created_at, s.last_used_at, s.address, s.user_agent FROM session s
            WHERE s.account_id = \(account) AND \(scope.sees("s.account_id")) AND NOT \(over("s", limits)) AND \(behind)
            ORDER BY s.last_used_at DESC, s.id DESC LIMIT \(limit)
            """
    }

    static func purge(_ limits: SessionLimits, on db: any Connection) throws -> Int {
        try db.execute("DELETE FROM session WHERE \(over("session", limits))")
    }

    /// Whether a session has timed out.
    private static func over(_ table: SQL, _ limits: SessionLimits) -> SQL {
        let (kept, brief) = (limits.bounds(isKept: true), limits.bounds(isKept: false))
        return """
            (\(table).last_used_at <= \(kept.lastUsed) OR \(table).created_at <= \(kept.started)
            OR (\(table).is_kept = 0
                AND (\(table).last_used_at <= \(brief.lastUsed) OR \(table).created_at <= \(brief.started))))
            """
    }
}
