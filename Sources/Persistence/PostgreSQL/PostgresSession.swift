import CLibPQ

/// One connection of libpq with its prepared statements. Belongs to one thread.
final class PostgresSession {
    let openedAt = ContinuousClock.now
    private let connection: OpaquePointer
    private var statements: PostgresStatements
    private var parameters = PostgresParameters()

    /// Connects. A URL with several hosts tries them in turn (libpq documentation, section 34.1.1.3).
    init(url: String, options: DatabaseOptions) throws(PostgresFailure) {
        statements = PostgresStatements(capacity: options.preparedStatements)
        guard let connection = PostgresAddress(url: url, options: options).connect() else {
            throw .lost(nil)
        }
        self.connection = connection
        guard PQstatus(connection) == CONNECTION_OK else { throw .lost(connection) }
        // Notices would go to standard error.
        _ = PQsetNoticeReceiver(connection, { _, _ in }, nil)
        try run(script: PostgresAddress.settings(options))
    }

    deinit {
        PQfinish(connection)
    }

    /// Whether the server has not hung up meanwhile; asks the socket, not the server.
    var isAlive: Bool {
        PQstatus(connection) == CONNECTION_OK && PQconsumeInput(connection) == 1
            && PQstatus(connection) == CONNECTION_OK && PQtransactionStatus(connection) == PQTRANS_IDLE
    }

    /// Statements without parameters; several may stand in one text.
    func run(script: String) throws(PostgresFailure) {
        let result = PQexec(connection, script)
        defer { PQclear(result) }
        try check(result, sql: script)
    }

    func run(_ rendered: PostgresStatementText) throws -> PostgresResult {
        try parameters.encode(rendered.parameters)
        let key = PostgresStatements.Key(text: rendered.text, types: parameters.types)
        let statement = try prepared(key)
        let result = parameters.withPointers { values, lengths, formats in
            PQexecPrepared(
                connection,
                statement.name,
                Int32(rendered.parameters.count),
                values,
                lengths,
                formats,
                0
            )
        }
        // From here on the result is freed with its owner.
        let owner = PostgresResult(result)
        try check(result, sql: rendered.text)
        owner.columns = statement.columns ?? PostgresColumns(owner)
        statement.columns = owner.columns
        return owner
    }

    private func prepared(_ key: PostgresStatements.Key) throws(PostgresFailure) -> PostgresStatements.Entry {
        if let entry = statements.find(key) { return entry }
        let name = statements.nextName()
        let result = key.types.withUnsafeBufferPointer { types in
            PQprepare(connection, name, key.text, Int32(types.count), types.baseAddress)
        }
        defer { PQclear(result) }
        try check(result, sql: key.text)
        return statements.add(key, name: name)
    }

    /// Throws `outcomeUnknown` when the connection broke meanwhile.
    func commit() throws(PostgresFailure) {
        let result = PQexec(connection, "COMMIT")
        defer { PQclear(result) }
        do {
            try check(result, sql: "COMMIT")
        } catch  where error.reason == .connectionLost {
            throw PostgresFailure(
                reason: .refused,
                error: DatabaseUnavailable(
                    .outcomeUnknown,
                    "the connection broke during COMMIT: the change is either whole or absent"
                )
            )
        }
        // The server answers ROLLBACK to the COMMIT of a transaction that it had aborted.
        guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
            throw PostgresFailure(reason: .refused, error: TransactionAborted())
        }
        closeEvicted()
    }

    /// Ends whatever transaction there is. What fails here leaves a connection that is not alive, and gets replaced.
    func rollBack() {
        guard PQtransactionStatus(connection) != PQTRANS_IDLE, PQstatus(connection) == CONNECTION_OK else { return }
        PQclear(PQexec(connection, "ROLLBACK"))
        closeEvicted()
    }

    /// After the schema has changed under them.
    func forgetStatements() {
        statements.removeAll()
        PQclear(PQexec(connection, "DEALLOCATE ALL"))
    }

    private func closeEvicted() {
        for name in statements.takeEvicted() {
            PQclear(PQexec(connection, "DEALLOCATE \(name)"))
        }
    }

    func check(_ result: OpaquePointer?, sql: @autoclosure () -> String) throws(PostgresFailure) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN: return
        default: throw PostgresFailure(result, on: connection, sql: sql())
        }
    }

    func copy(_ statement: String, _ body: (PostgresCopy) throws -> Void) throws {
        try run(script: statement)
        let copy = PostgresCopy(connection)
        do {
            try body(copy)
            try copy.flush()
        } catch {
            copy.finish(refusing: "the program gave up")
            throw error
        }
        let result = copy.finish(refusing: nil)
        defer { PQclear(result) }
        try check(result, sql: statement)
    }
}
