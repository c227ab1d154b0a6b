import Persistence

enum AdminSetupQueries {
    static func endAll(on db: any Connection) throws {
        try db.execute("DELETE FROM admin_setup WHERE used_at IS NULL")
    }

    static func insert(_ hash: [UInt8], at now: Timestamp, until: Timestamp, on db: any Connection) throws {
        try db.execute(
            "INSERT INTO admin_setup (secret_hash, created_at, expires_at) VALUES (\(hash), \(now), \(until))"
        )
    }

    static func isOpen(_ hash: [UInt8], at now: Timestamp, on db: any Connection) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM admin_setup WHERE secret_hash = \(hash) AND used_at IS NULL AND expires_at > \(now)
            """
        )
    }

    /// False for all but the first.
    static func use(_ hash: [UInt8], at now: Timestamp, on db: any Connection) throws -> Bool {
        try db.execute(
            """
            UPDATE admin_setup SET used_at = \(now)
            WHERE secret_hash = \(hash) AND used_at IS NULL AND expires_at > \(now)
            """
        ) == 1
    }
}
