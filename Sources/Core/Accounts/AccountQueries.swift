import Persistence

enum AccountQueries {
    static func find(_ id: ID<Account>, in scope: Scope, on db: any Connection) throws -> Account? {
        try first("a.id = \(id) AND \(scope.sees("a.id"))", on: db)
    }

    static func find(publicID: String, in scope: Scope, on db: any Connection) throws -> Account? {
        try first("a.public_id = \(publicID) AND \(scope.sees("a.id"))", on: db)
    }

    static func find(emailKey: String, in scope: Scope, on db: any Connection) throws -> Account? {
        try first(
            "a.tenant_id = \(scope.tenant) AND a.email_key = \(emailKey) AND \(scope.sees("a.id"))",
            on: db
        )
    }

    static func names(of ids: [ID<Account>], in scope: Scope) -> SQL {
        "SELECT a.id, a.username FROM account a WHERE a.id \(any: ids) AND \(scope.sees("a.id"))"
    }

    private static func first(_ condition: SQL, on db: any Connection) throws -> Account? {
        try db.first(
            """
            SELECT \(Account.columns) FROM account a JOIN user_type ut ON ut.id = a.user_type_id WHERE \(condition)
            """
        ).map(Account.init)
    }

    static func listStatement(
        _ sort: Accounts.Sort,
        behind cursor: Cursor?,
        limit: Int,
        in scope: Scope
    ) throws(Failure) -> SQL {
        let (column, direction, kind): (SQL, Cursor.Direction, Cursor.SortKind) =
            switch sort {
            case .newest: ("a.created_at", .descending, .number)
            case .oldest: ("a.created_at", .ascending, .number)
            case .username: ("a.username_key", .ascending, .text)
            }
        let behind = try cursor?.behind(column, "a.id", direction, key: kind) ?? "TRUE"
        return """
            SELECT \(Account.columns) FROM account a JOIN user_type ut ON ut.id = a.user_type_id
            WHERE a.tenant_id = \(scope.tenant) AND \(scope.sees("a.id")) AND \(behind)
            ORDER BY \(column) \(direction.sql), a.id \(direction.sql) LIMIT \(limit)
            """
    }

    static func cursor(of account: Account, _ sort: Accounts.Sort) -> Cursor {
        switch sort {
        case .newest, .oldest: Cursor(.number(account.createdAt.milliseconds), id: account.id.value)
        case .username: Cursor(.text(account.username.lowercased()), id: account.id.value)
        }
    }

    static func setStatus(_ status: Account.Status, of id: ID<Account>, on db: any Connection) throws {
        try db.execute("UPDATE account SET status = \(status) WHERE id = \(id)")
    }

    static func hasAdministrator(on db: any Connection) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM account a JOIN user_type ut ON ut.id = a.user_type_id WHERE ut.code = 'admin' LIMIT 1
            """
        )
    }
}
