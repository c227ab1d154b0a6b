/// One transaction from BEGIN to COMMIT, run again where that is safe.
///
/// - Serialization failures and deadlocks: again, after a pause with jitter.
/// - A connection that broke before COMMIT was sent: again on a new one, for the server kept nothing.
/// - A connection that broke while COMMIT was under way: reported as unknown, never run again.
struct PostgresTransaction: Sendable {
    enum Kind {
        case read
        case serializableWrite
        case lockingWrite
        case schemaChange

        var begin: StaticString {
            switch self {
            case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            case .serializableWrite: "BEGIN ISOLATION LEVEL SERIALIZABLE"
            case .lockingWrite: "BEGIN ISOLATION LEVEL READ COMMITTED"
            // The number names this lock among the database's advisory locks; any would do.
            case .schemaChange:
                """
                BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; \
                SELECT pg_advisory_xact_lock(7355608212)
                """
            }
        }

        var isWrite: Bool {
            switch self {
            case .read: false
            case .serializableWrite, .lockingWrite, .schemaChange: true
            }
        }
    }

    let kind: Kind
    let label: String
    let observation: Observation

    /// How often a transaction that others got in the way of is tried.
    private static let attempts = 20

    /// Runs on the lease's thread. The answer to a read is given before its COMMIT, which nobody has to wait for.
    func run<T: Sendable>(
        on lease: PostgresLease,
        _ body: (PostgresConnection) throws -> T,
        answer: (Result<T, any Error>) -> Void
    ) {
        var attempt = 1
        while true {
            do {
                try attemptOnce(on: lease, body, answer: answer)
                return
            } catch {
                let waited = lease.pause(before: attempt + 1, after: error.reason)
                guard waited, attempt < Self.attempts else {
                    answer(.failure(lease.isCancelled ? CancellationError() : error.error))
                    return
                }
                attempt += 1
            }
        }
    }

    /// Why an attempt failed, and what to throw when it is the last.
    private struct Attempt: Error {
        let reason: PostgresFailure.Reason
        let error: any Error
    }

    private func attemptOnce<T>(
        on lease: PostgresLease,
        _ body: (PostgresConnection) throws -> T,
        answer: (Result<T, any Error>) -> Void
    ) throws(Attempt) {
        let session: PostgresSession
        do {
            session = try lease.session()
            try session.run(script: kind.begin.description)
        } catch {
            throw Attempt(reason: error.reason, error: error.error)
        }
        let connection = PostgresConnection(session, lease, label: label, observation: observation)
        let result: T
        do {
            result = try body(connection)
        } catch {
            session.rollBack()
            throw Attempt(reason: connection.failure ?? .refused, error: error)
        }
        if let failure = connection.failure {
            session.rollBack()
            throw Attempt(reason: failure, error: TransactionAborted())
        }
        if kind.isWrite {
            do {
                try session.commit()
            } catch {
                session.rollBack()
                throw Attempt(reason: error.reason, error: error.error)
            }
            answer(.success(result))
        } else {
            answer(.success(result))
            session.rollBack()
        }
    }
}
