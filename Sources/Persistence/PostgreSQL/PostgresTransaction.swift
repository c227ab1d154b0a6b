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
            case .lockingWrite, .schemaChange: "BEGIN ISOLATION LEVEL READ COMMITTED"
            }
        }

        /// What comes before anything else. The number names this lock among the database's advisory locks; any would do.
        var preamble: StaticString? {
            switch self {
            case .read, .serializableWrite, .lockingWrite: nil
            case .schemaChange: "SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(7355608212)"
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

    /// Runs on the lease's thread. The answer to a read is given before its COMMIT, which nobody has to wait for.
    func run<T: Sendable>(
        on lease: PostgresLease,
        _ body: (PostgresConnection) throws -> T,
        answer: (Result<T, any Error>) -> Void
    ) {
        while true {
            do {
                try attempt(on: lease, body, answer: answer)
                return
            } catch {
                if lease.mayTryAgain(after: error.reason) { continue }
                answer(.failure(lease.isCancelled ? CancellationError() : error.error))
                return
            }
        }
    }

    /// Why an attempt failed, and what to throw when it is the last.
    private struct Attempt: Error {
        let reason: PostgresFailure.Reason
        let error: any Error
    }

    private func attempt<T>(
        on lease: PostgresLease,
        _ body: (PostgresConnection) throws -> T,
        answer: (Result<T, any Error>) -> Void
    ) throws(Attempt) {
        let session: PostgresSession
        do {
            session = try lease.session()
            session.begin(kind.begin)
            if let preamble = kind.preamble { try session.run(script: preamble.description) }
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
