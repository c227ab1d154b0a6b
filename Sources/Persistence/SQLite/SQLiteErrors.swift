import GRDB

/// What SQLite's result codes mean to a caller (https://www.sqlite.org/rescode.html).
enum SQLiteErrors {
    /// What failed between a transaction's statements: BEGIN, COMMIT, a closed pool.
    static func mapped<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw Self.error(error, on: nil)
        }
    }

    static func unavailable(opening path: String, _ error: DatabaseError) -> DatabaseUnavailable {
        DatabaseUnavailable(
            .storage,
            "cannot open the database file \(path): \(error.message ?? "\(error.resultCode)")"
        )
    }

    static func error(_ error: DatabaseError, on db: GRDB.Database?) -> any Error {
        let message = error.message ?? "\(error.extendedResultCode)"
        switch error.resultCode {
        case .SQLITE_CONSTRAINT:
            return violation(error, message: message, on: db)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return DatabaseUnavailable(.busy, "another program holds the database's write lock")
        case .SQLITE_FULL:
            return DatabaseFull(description: "the disk under the database is full")
        case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_NOMEM, .SQLITE_PROTOCOL:
            return DatabaseUnavailable(.storage, message)
        case .SQLITE_INTERRUPT:
            return CancellationError()
        case .SQLITE_MISUSE where error.sql == nil:
            return DatabaseUnavailable(.closed, "the database is closed")
        default:
            return StatementRefused(
                code: "SQLITE \(error.extendedResultCode.rawValue)",
                message: message,
                sql: error.sql ?? ""
            )
        }
    }

    /// SQLite says what broke in its message alone: `UNIQUE constraint failed: account.tenant_id, account.email_key`.
    private static func violation(_ error: DatabaseError, message: String, on db: GRDB.Database?) -> any Error {
        let subject = message.firstRange(of: " constraint failed: ").map { String(message[$0.upperBound...]) }
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            if let index = subject?.wholeMatch(of: #/index '(.+)'/#) {
                return ConstraintViolation(kind: .unique, constraint: String(index.1), table: nil, columns: [])
            }
            let (table, columns) = tableAndColumns(subject)
            let index = table.flatMap { table in db.flatMap { uniqueIndex(on: table, of: columns, in: $0) } }
            return ConstraintViolation(kind: .unique, constraint: index, table: table, columns: columns)
        case .SQLITE_CONSTRAINT_NOTNULL:
            let (table, columns) = tableAndColumns(subject)
            return ConstraintViolation(kind: .notNull, constraint: nil, table: table, columns: columns)
        case .SQLITE_CONSTRAINT_CHECK:
            return ConstraintViolation(kind: .check, constraint: subject, table: nil, columns: [])
        // ON DELETE RESTRICT is a trigger inside SQLite, and only the message tells it from one of ours.
        case .SQLITE_CONSTRAINT_FOREIGNKEY,
            .SQLITE_CONSTRAINT_TRIGGER where message.hasPrefix("FOREIGN KEY"):
            return ConstraintViolation(kind: .foreignKey, constraint: nil, table: nil, columns: [])
        default:
            return StatementRefused(
                code: "SQLITE \(error.extendedResultCode.rawValue)",
                message: message,
                sql: error.sql ?? ""
            )
        }
    }

    private static func tableAndColumns(_ subject: String?) -> (table: String?, columns: [String]) {
        let pairs = (subject ?? "").split(separator: ", ").map { $0.split(separator: ".", maxSplits: 1) }
        return (pairs.first?.first.map(String.init), pairs.compactMap { $0.count == 2 ? String($0[1]) : nil })
    }

    private static func uniqueIndex(on table: String, of columns: [String], in db: GRDB.Database) -> String? {
        let indexes = try? db.indexes(on: table)
        return indexes?.first {
            $0.isUnique && $0.columns == columns && !$0.name.hasPrefix("sqlite_autoindex_")
        }?.name
    }
}
