/// One transaction on one session.
final class PostgresConnection: ScriptConnection {
    let dialect = Dialect.postgres
    private let session: PostgresSession
    private let label: String
    private let observation: Observation
    private let lease: PostgresLease
    /// Why a statement failed. The server has aborted the transaction then, even if the error was caught.
    private(set) var failure: PostgresFailure.Reason?

    init(
        _ session: PostgresSession,
        _ lease: PostgresLease,
        label: String,
        observation: Observation
    ) {
        self.session = session
        self.lease = lease
        self.label = label
        self.observation = observation
    }

    func rows(_ sql: SQL) throws -> [Row] {
        try run(sql).rows
    }

    func execute(_ sql: SQL) throws -> Int {
        try run(sql).changes
    }

    func insert(into table: StaticString, columns: [StaticString], rows: some Sequence<[SQLValue]>) throws {
        var text = SQLText(capacity: 64 + columns.count * 24)
        text.append("COPY ")
        text.append(table)
        text.append(" (")
        for (position, column) in columns.enumerated() {
            if position > 0 { text.append(", ") }
            text.append(column)
        }
        text.append(") FROM STDIN")
        let sql = text.string
        try guarded(sql) {
            try session.copy(sql) { copy in
                for row in rows {
                    guard row.count == columns.count else {
                        throw StatementRefused(code: "", message: "a row has \(row.count) values", sql: sql)
                    }
                    try copy.append(row)
                }
            }
        }
    }

    func run(script: String) throws {
        try guarded(script) { try session.run(script: script) }
        session.forgetStatements()
    }

    private func run(_ sql: SQL) throws -> PostgresResult {
        let rendered = PostgresStatementText(sql)
        return try guarded(rendered.text) { try session.run(rendered) }
    }

    private func guarded<T>(_ sql: String, _ body: () throws -> T) throws -> T {
        guard failure == nil else { throw TransactionAborted() }
        guard !lease.isCancelled else { throw CancellationError() }
        let start = ContinuousClock.now
        defer { observation.statement(sql, label: label, since: start) }
        do {
            return try body()
        } catch let error as PostgresFailure {
            failure = error.reason
            throw error.error
        } catch {
            failure = .refused
            throw error
        }
    }
}
