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
}
