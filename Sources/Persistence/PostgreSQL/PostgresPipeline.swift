import CLibPQ

/// A statement sent together with what has to come before it: BEGIN, its own preparation, or both. One round trip for all
/// (libpq documentation, section 34.5, "Pipeline Mode").
struct PostgresPipeline {
    private let connection: OpaquePointer

    init(_ connection: OpaquePointer) {
        self.connection = connection
    }

    func run(
        _ name: String,
        _ text: String,
        _ parameters: PostgresParameters,
        begin: StaticString?,
        preparing types: [Oid]?
    ) throws(PostgresFailure) -> PostgresResult {
        guard PQenterPipelineMode(connection) == 1 else { throw .lost(connection) }
        // Fails only where a connection is lost, and then there is nothing to leave.
        defer { PQexitPipelineMode(connection) }
        var isSent = true
        var count = 1
        if let begin {
            isSent = PQsendQueryParams(connection, begin.description, 0, nil, nil, nil, nil, 0) == 1
            count += 1
        }
        if let types {
            isSent = isSent && PQsendPrepare(connection, name, text, Int32(types.count), types) == 1
            count += 1
        }
        isSent =
            isSent
            && parameters.withPointers { count, values, lengths, formats in
                PQsendQueryPrepared(connection, name, count, values, lengths, formats, 0)
            } == 1
        guard isSent, PQpipelineSync(connection) == 1 else { throw .lost(connection) }
        return try answers(count, sql: text)
    }

    /// The answer of the last of `count` statements, or the failure of the first that failed.
    private func answers(_ count: Int, sql: String) throws(PostgresFailure) -> PostgresResult {
        var last = PostgresResult(nil)
        var failure: PostgresFailure?
        for _ in 0..<count {
            last = PostgresResult(PQgetResult(connection))
            if failure == nil, !PostgresResult.isGood(last.pointer) {
                failure = PostgresFailure(last.pointer, on: connection, sql: sql)
            }
            // A nil ends the answers of each statement.
            while let more = PQgetResult(connection) { PQclear(more) }
        }
        // The sync's own answer.
        PQclear(PQgetResult(connection))
        if let failure { throw failure }
        return last
    }
}
