import CLibPQ

/// One connection of libpq with its prepared statements. Belongs to one thread.
final class PostgresSession {
    let openedAt = ContinuousClock.now
    private let connection: OpaquePointer
    private var statements: PostgresStatements
    private var parameters = PostgresParameters()
    /// A BEGIN that travels with the first statement of its transaction, for one round trip less.
    private var waitingBegin: StaticString?

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
        try beginNow()
        let result = PQexec(connection, script)
        defer { PQclear(result) }
        try check(result, sql: script)
    }

    /// Begins a transaction with its first statement.
    func begin(_ statement: StaticString) {
        waitingBegin = statement
    }

    func run(_ rendered: PostgresStatementText) throws -> PostgresResult {
        try parameters.encode(rendered.parameters)
        let key = PostgresStatements.Key(text: rendered.text, types: parameters.types)
        guard let known = statements.find(key), waitingBegin == nil else {
            return try runPipelined(key)
        }
        let result = parameters.withPointers { count, values, lengths, formats in
            PQexecPrepared(connection, known.name, count, values, lengths, formats, 0)
        }
        let owner = PostgresResult(result)
        try check(result, sql: rendered.text)
        return describe(owner, by: known)
    }

    /// With the BEGIN that waits, the preparation that is missing, or both.
    private func runPipelined(_ key: PostgresStatements.Key) throws(PostgresFailure) -> PostgresResult {
        let known = statements.find(key)
        let name = known?.name ?? statements.nextName()
        let begin = waitingBegin
        waitingBegin = nil
        let result: PostgresResult
        do {
            result = try PostgresPipeline(connection)
                .run(name, key.text, parameters, begin: begin, preparing: known == nil ? key.types : nil)
        } catch {
            // Whether it came to be prepared is not known; closing what is not there does no harm.
            if known == nil { statements.evict(name) }
            throw error
        }
        return describe(result, by: known ?? statements.add(key, name: name))
    }

    private func describe(_ result: PostgresResult, by statement: PostgresStatements.Entry) -> PostgresResult {
        result.columns = statement.columns ?? PostgresColumns(result)
        statement.columns = result.columns
        return result
    }

    private func beginNow() throws(PostgresFailure) {
        guard let begin = waitingBegin else { return }
        waitingBegin = nil
        try run(script: begin.description)
    }

    /// Throws `outcomeUnknown` when the connection broke meanwhile.
    func commit() throws(PostgresFailure) {
        guard waitingBegin == nil else {
            waitingBegin = nil
            return
        }
        let result = PQexec(connection, "COMMIT")
        defer { PQclear(result) }
        do {
            try check(result, sql: "COMMIT")
        } catch {
            guard error.reason == .connectionLost else { throw error }
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
        waitingBegin = nil
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

    private func check(_ result: OpaquePointer?, sql: @autoclosure () -> String) throws(PostgresFailure) {
        guard PostgresResult.isGood(result) else { throw PostgresFailure(result, on: connection, sql: sql()) }
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
