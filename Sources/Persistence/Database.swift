/// A place where rows are kept. Two engines implement it: SQLite (GRDB) and PostgreSQL (libpq).
///
/// The closure is the transaction. It is synchronous on a leased connection that cannot leave it, so nobody can wait for
/// the network while holding SQLite's only writer. Both engines mean the same: a write sees the world alone, a read sees
/// one moment. On PostgreSQL a write may run more than once (serialization failures are retried), so the closure does
/// database work only.
///
/// Both throw what the closure throws; `ConstraintViolation` where a row broke a rule, `DatabaseUnavailable` and
/// `DatabaseFull` where the database cannot answer, `CancellationError` where the task was cancelled.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// The writes of this process; those of other processes are not counted.
    var writes: WriteCount { get }

    /// Runs `body` in a read-only transaction that sees one moment.
    func read<T: Sendable>(
        label: String,
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T

    /// Runs `body` in a transaction that is all or nothing. Throwing rolls back.
    @discardableResult
    func write<T: Sendable>(
        _ isolation: WriteIsolation,
        label: String,
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T

    /// Closes every connection; what is running ends first.
    func close() async
}

package enum Dialect: String, Sendable, CaseIterable {
    case sqlite
    case postgres
}

package enum WriteIsolation: Sendable {
    /// A write sees the world alone: IMMEDIATE on SQLite, SERIALIZABLE with retries on PostgreSQL.
    case serializable
    /// For the few contended paths (claims, counters): READ COMMITTED on PostgreSQL; lock rows in id order.
    case locking
}

extension Database {
    /// The label names the query in metrics and in the slow-query log; it is the calling function unless told.
    package func read<T: Sendable>(
        function: String = #function,
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await read(label: function, body)
    }

    @discardableResult
    package func write<T: Sendable>(
        _ isolation: WriteIsolation = .serializable,
        function: String = #function,
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await write(isolation, label: function, body)
    }
}
