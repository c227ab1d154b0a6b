/// The engine for many machines: libpq, a pool of connections, each on a thread of its own.
package final class PostgresDatabase: Database {
    package let dialect = Dialect.postgres
    package let writes = WriteCount()
    private let pool: PostgresPool
    private let observation: Observation

    /// `url` is anything libpq takes. Makes one connection at once; throws `DatabaseUnavailable` when it cannot.
    package init(url: String, options: DatabaseOptions = DatabaseOptions()) async throws {
        observation = Observation(dialect: .postgres, options: options)
        pool = PostgresPool(url: url, options: options)
        do {
            try await read(label: "open") { _ = try $0.rows("SELECT 1") }
        } catch {
            await pool.close()
            throw error
        }
    }

    package func read<T: Sendable>(
        label: String,
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await run(.read, label: label, body)
    }

    package func write<T: Sendable>(
        _ isolation: WriteIsolation,
        label: String,
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        switch isolation {
        case .serializable: try await run(.serializableWrite, label: label, body)
        case .locking: try await run(.lockingWrite, label: label, body)
        }
    }

    package func close() async {
        await pool.close()
    }

    private func run<T: Sendable>(
        _ kind: PostgresTransaction.Kind,
        label: String,
        _ body: @escaping @Sendable (PostgresConnection) throws -> T
    ) async throws -> T {
        let transaction = PostgresTransaction(kind: kind, label: label, observation: observation)
        defer { if kind.isWrite { writes.advance() } }
        return try await observation.transaction(label: label, kind: kind.isWrite ? "write" : "read") {
            try await pool.perform { lease, answer in
                transaction.run(on: lease, body, answer: answer)
            }
        }
    }
}

extension PostgresDatabase: SchemaDatabase {
    func changeSchema<T: Sendable>(
        rebuildsTables: Bool,
        label: String,
        _ body: @escaping @Sendable (any ScriptConnection) throws -> T
    ) async throws -> T {
        try await run(.schemaChange, label: label, body)
    }
}
