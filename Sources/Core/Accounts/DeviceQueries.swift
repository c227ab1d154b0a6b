import Persistence

enum DeviceQueries {
    /// As many devices as a household has; the one that was unused for longest is forgotten.
    private static let kept = 20

    static func knows(_ hash: [UInt8], of account: ID<Account>, on db: any Connection) throws -> Bool {
        try db.exists("SELECT 1 FROM known_device WHERE account_id = \(account) AND secret_hash = \(hash)")
    }

    static func forgetAll(of account: ID<Account>, except kept: [UInt8]? = nil, on db: any Connection) throws {
        let others: SQL = if let kept { " AND secret_hash <> \(kept)" } else { "" }
        try db.execute("DELETE FROM known_device WHERE account_id = \(account)\(others)")
    }

    static func remember(_ hash: [UInt8], of account: ID<Account>, at now: Timestamp, on db: any Connection) throws {
        try db.execute(
            """
            INSERT INTO known_device (account_id, secret_hash, last_used_at) VALUES (\(account), \(hash), \(now))
            ON CONFLICT (account_id, secret_hash) DO UPDATE SET last_used_at = excluded.last_used_at
            """
        )
        try db.execute(
            """
            DELETE FROM known_device WHERE account_id = \(account) AND secret_hash NOT IN (
                SELECT secret_hash FROM known_device WHERE account_id = \(account)
                ORDER BY last_used_at DESC, secret_hash LIMIT \(kept))
            """
        )
    }
}
