import Persistence

enum SignInQueries {
    static func candidate(emailKey: String, tenant: ID<Tenant>, on db: any Connection) throws -> SignInCandidate? {
        let row = try db.first(
            """
            SELECT a.id, a.status, i.secret
            FROM account a JOIN identity i ON i.account_id = a.id AND i.kind = 'password'
            WHERE a.tenant_id = \(tenant) AND a.email_key = \(emailKey)
            """
        )
        return try row.map { row in
            SignInCandidate(account: try row["id"], status: try row["status"], secret: try row["secret"])
        }
    }

    /// The hash of an account's password.
    static func secret(of account: ID<Account>) -> SQL {
        "SELECT secret FROM identity WHERE account_id = \(account) AND kind = 'password'"
    }

    /// At most a few hundred: a closed door counts no more.
    static func tries(_ subject: [UInt8], since: Timestamp, on db: any Connection) throws -> [Lockout.Try] {
        let statement: SQL = """
            SELECT client, is_known_device, failed_at FROM sign_in_failure
            WHERE subject = \(subject) AND failed_at > \(since) ORDER BY failed_at, id
            """
        return try db.all(statement) { row in
            Lockout.Try(
                client: try row["client"],
                isKnownDevice: try row["is_known_device"],
                at: try row["failed_at"]
            )
        }
    }

    static func countFailure(
        _ subject: [UInt8],
        _ client: SignInClient,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        try db.execute(
            """
            INSERT INTO sign_in_failure (subject, client, is_known_device, failed_at)
            VALUES (\(subject), \(client.hash), \(client.isKnownDevice), \(now))
            """
        )
    }

    /// A client that got it right starts anew; what others did still counts.
    static func forget(_ subject: [UInt8], _ client: SignInClient, on db: any Connection) throws {
        try db.execute(
            """
            DELETE FROM sign_in_failure
            WHERE subject = \(subject) AND client = \(client.hash) AND is_known_device = \(client.isKnownDevice)
            """
        )
    }

    /// Answers how many wrong tries were forgotten.
    @discardableResult
    static func forgetAll(_ subject: [UInt8], on db: any Connection) throws -> Int {
        try db.execute("DELETE FROM sign_in_failure WHERE subject = \(subject)")
    }

    static func purge(before: Timestamp, on db: any Connection) throws -> Int {
        try db.execute("DELETE FROM sign_in_failure WHERE failed_at < \(before)")
    }

    static func signedIn(_ account: ID<Account>, at now: Timestamp, on db: any Connection) throws {
        try db.execute("UPDATE account SET last_sign_in_at = \(now) WHERE id = \(account)")
    }

    /// Changes nothing when the password was changed meanwhile. Answers how many it changed.
    @discardableResult
    static func rehash(
        _ account: ID<Account>,
        from old: String,
        to new: String,
        at now: Timestamp,
        on db: any Connection
    ) throws -> Int {
        try db.execute(
            """
            UPDATE identity SET secret = \(new), changed_at = \(now)
            WHERE account_id = \(account) AND kind = 'password' AND secret = \(old)
            """
        )
    }

    /// Held until the transaction ends. SQLite has one writer anyway.
    static func lock(_ key: Int64, on db: any Connection) throws {
        _ = try db.rows(.either(sqlite: "SELECT 1", postgres: "SELECT pg_advisory_xact_lock(\(key))::text"))
    }
}
