import GRDB

/// A read's transaction. GRDB's own would compile BEGIN and COMMIT anew each time, which costs as much as a small query.
enum SQLiteReadTransaction {
    static func run<T>(on db: GRDB.Database, _ body: () throws -> T) throws -> T {
        try step("BEGIN DEFERRED TRANSACTION", on: db)
        do {
            let result = try body()
            try step("COMMIT TRANSACTION", on: db)
            return result
        } catch {
            if db.isInsideTransaction { try db.rollback() }
            throw error
        }
    }

    private static func step(_ text: String, on db: GRDB.Database) throws {
        let statement = SQLiteStatement(try db.cachedStatement(sql: text))
        defer { statement.reset() }
        _ = try statement.step()
    }
}
