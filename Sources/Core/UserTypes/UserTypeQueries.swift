import Persistence

enum UserTypeQueries {
    static func all(on db: any Connection) throws -> [UserType] {
        try db.all("SELECT \(UserType.columns) FROM user_type ut ORDER BY ut.id LIMIT 100", as: UserType.init)
    }

    static func find(code: String, on db: any Connection) throws -> UserType? {
        try db.first("SELECT \(UserType.columns) FROM user_type ut WHERE ut.code = \(code)").map(UserType.init)
    }

    /// The one that new accounts get.
    static func standard(on db: any Connection) throws -> UserType? {
        try db.first("SELECT \(UserType.columns) FROM user_type ut WHERE ut.is_default = 1").map(UserType.init)
    }

    static func ofAccount(_ account: ID<Account>, on db: any Connection) throws -> UserType? {
        try db.first(
            """
            SELECT \(UserType.columns) FROM account a JOIN user_type ut ON ut.id = a.user_type_id
            WHERE a.id = \(account)
            """
        ).map(UserType.init)
    }

    /// Answers no row when there is one of that code.
    static func insert(_ code: String, _ type: UserTypeChange.Checked) -> SQL {
        """
        INSERT INTO user_type (code, name, permissions, storage_bytes, daily_upload_bytes, file_bytes, streams,
            best_height, customers, customer_levels)
        VALUES (\(code), \(type.name), \(PermissionList(type.permissions).stored), \(type.limits.storage),
            \(type.limits.dailyUpload), \(type.limits.file), \(type.limits.streams), \(type.limits.bestHeight),
            \(type.limits.customers), \(type.limits.customerLevels))
        ON CONFLICT (code) DO NOTHING RETURNING id
        """
    }

    static func update(_ id: ID<UserType>, _ type: UserTypeChange.Checked) -> SQL {
        """
        UPDATE user_type SET name = \(type.name), permissions = \(PermissionList(type.permissions).stored),
            storage_bytes = \(type.limits.storage), daily_upload_bytes = \(type.limits.dailyUpload),
            file_bytes = \(type.limits.file), streams = \(type.limits.streams),
            best_height = \(type.limits.bestHeight), customers = \(type.limits.customers),
            customer_levels = \(type.limits.customerLevels)
        WHERE id = \(id)
        """
    }

    /// One after the other: there cannot be two for a moment.
    static func makeDefault(_ id: ID<UserType>, on db: any Connection) throws {
        try db.execute("UPDATE user_type SET is_default = 0 WHERE is_default = 1")
        try db.execute("UPDATE user_type SET is_default = 1 WHERE id = \(id)")
    }

    static func withCustomers(_ id: ID<UserType>) -> SQL {
        """
        SELECT 1 FROM account a WHERE a.user_type_id = \(id)
            AND EXISTS (SELECT 1 FROM account c WHERE c.parent_id = a.id) LIMIT 1
        """
    }
}
