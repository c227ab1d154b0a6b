import GRDB

/// One transaction on one of GRDB's connections.
final class SQLiteConnection: ScriptConnection {
    let dialect = Dialect.sqlite
    private let db: GRDB.Database
    private let columns: SQLiteColumns
    private let label: String
    private let observation: Observation
    /// A statement failed: PostgreSQL would have aborted the transaction, so it is over here too.
    private var isAborted = false

    init(_ db: GRDB.Database, columns: SQLiteColumns, label: String, observation: Observation) {
        self.db = db
        self.columns = columns
        self.label = label
        self.observation = observation
    }

    /// Runs the transaction's body; throws `TransactionAborted` when it swallowed the failure of a statement.
    func perform<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
        let result = try body(self)
        guard !isAborted else { throw TransactionAborted() }
        return result
    }

    func rows(_ sql: SQL) throws -> [Row] {
        try run(sql) { statement, text in
            let columns = columns.columns(of: statement, text: text)
            var rows: [Row] = []
            while try statement.step() {
                rows.append(Row(columns: columns, values: statement.values(count: columns.names.count)))
            }
            return rows
        }
    }

    func execute(_ sql: SQL) throws -> Int {
        try run(sql) { statement, _ in
            let before = db.totalChangesCount
            while try statement.step() {}
            // `changesCount` keeps the number of an earlier statement when this one changed nothing.
            return db.totalChangesCount == before ? 0 : db.changesCount
        }
    }

    func insert(into table: StaticString, columns: [StaticString], rows: some Sequence<[SQLValue]>) throws {
        var text = SQLText(capacity: 64 + columns.count * 24)
        text.append("INSERT INTO ")
        text.append(table)
        text.append(" (")
        for (position, column) in columns.enumerated() {
            if position > 0 { text.append(", ") }
            text.append(column)
        }
        text.append(") VALUES (")
        for position in columns.indices { text.append(position == 0 ? "?" : ", ?") }
        text.append(")")
        let sql = text.string
        try run(sql) { statement in
            for row in rows {
                guard row.count == columns.count else {
                    throw StatementRefused(code: "", message: "a row has \(row.count) values", sql: sql)
                }
                try statement.bind(row)
                while try statement.step() {}
                statement.reset()
            }
        }
    }

    func run(script: String) throws {
        try guarded {
            do {
                try db.execute(sql: script)
            } catch let error as DatabaseError {
                throw SQLiteErrors.error(error, on: db)
            }
        }
    }

    private func run<T>(_ sql: SQL, _ body: (SQLiteStatement, String) throws -> T) throws -> T {
        let rendered = SQLiteStatementText(sql)
        return try run(rendered.text) { statement in
            try statement.bind(rendered.values)
            return try body(statement, rendered.text)
        }
    }

    private func run<T>(_ text: String, _ body: (SQLiteStatement) throws -> T) throws -> T {
        try guarded {
            let start = ContinuousClock.now
            defer { observation.statement(text, label: label, since: start) }
            do {
                let statement = SQLiteStatement(try db.cachedStatement(sql: text))
                defer { statement.reset() }
                return try body(statement)
            } catch let error as DatabaseError {
                throw SQLiteErrors.error(error, on: db)
            }
        }
    }

    private func guarded<T>(_ body: () throws -> T) throws -> T {
        guard !isAborted else { throw TransactionAborted() }
        do {
            return try body()
        } catch {
            isAborted = true
            throw error
        }
    }
}
