/// A leased connection inside a transaction. Not Sendable: it cannot be kept or taken elsewhere.
package protocol Connection {
    var dialect: Dialect { get }

    /// Every row that the statement answers.
    func rows(_ sql: SQL) throws -> [Row]

    /// Runs a statement; answers how many rows it inserted, changed or deleted.
    @discardableResult
    func execute(_ sql: SQL) throws -> Int

    /// Loads many rows quickly: `COPY` on PostgreSQL, one prepared INSERT on SQLite. Names come from the source alone.
    func insert(into table: StaticString, columns: [StaticString], rows: some Sequence<[SQLValue]>) throws
}

extension Connection {
    package func first(_ sql: SQL) throws -> Row? {
        try rows(sql).first
    }

    package func first<T>(_ sql: SQL, as decode: (Row) throws -> T) throws -> T? {
        try rows(sql).first.map(decode)
    }

    package func all<T>(_ sql: SQL, as decode: (Row) throws -> T) throws -> [T] {
        try rows(sql).map(decode)
    }

    /// The first column of the first row, or nil when there is no row or it holds NULL.
    package func value<T: SQLReadable>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
        guard let value = try rows(sql).first?.value(at: 0), value != .null else { return nil }
        return try T(sqlValue: value)
    }

    /// The first column of every row.
    package func values<T: SQLReadable>(_ sql: SQL, as type: T.Type = T.self) throws -> [T] {
        try rows(sql).map { try T(sqlValue: $0.value(at: 0)) }
    }

    package func exists(_ sql: SQL) throws -> Bool {
        try !rows(sql).isEmpty
    }
}

/// What the migrator needs besides: a script of several statements whose text comes from a file. Only this module can
/// reach it; everybody else has `SQL`.
protocol ScriptConnection: Connection {
    func run(script: String) throws
}
