import CLibPQ

/// What went wrong at the server or on the way to it: what to do about it, and what to throw when nothing helps.
struct PostgresFailure: Error {
    enum Reason {
        /// The connection is gone; the transaction with it.
        case connectionLost
        /// Another transaction got in the way.
        case serialization
        /// A prepared statement no longer fits the schema, or the server has forgotten it.
        case stalePlan
        /// The statement itself; trying again would not help.
        case refused
    }

    let reason: Reason
    let error: any Error

    static func lost(_ connection: OpaquePointer?) -> PostgresFailure {
        PostgresFailure(
            reason: .connectionLost,
            error: DatabaseUnavailable(.connectionLost, "PostgreSQL: \(Self.message(of: connection))")
        )
    }

    /// The first line of libpq's message: host, port and cause, never a password.
    private static func message(of connection: OpaquePointer?) -> String {
        let text = connection.map { String(cString: PQerrorMessage($0)) } ?? "out of memory"
        return text.split(separator: "\n").first.map(String.init) ?? "the connection was lost"
    }

    /// From a result that is an error, by SQLSTATE (PostgreSQL documentation, appendix A).
    init(_ result: OpaquePointer?, on connection: OpaquePointer, sql: String) {
        let diagnosis = PostgresDiagnosis(result)
        let state = diagnosis.state
        guard !state.isEmpty, PQstatus(connection) == CONNECTION_OK else {
            self = .lost(connection)
            return
        }
        switch state {
        case "40001", "40P01":
            self.init(
                reason: .serialization,
                error: DatabaseUnavailable(.contention, "other transactions kept getting in the way")
            )
        case "26000":
            self.init(reason: .stalePlan, error: diagnosis.refused(sql))
        case "0A000" where diagnosis.function == "RevalidateCachedQuery":
            self.init(reason: .stalePlan, error: diagnosis.refused(sql))
        case "57014":
            self.init(reason: .refused, error: DatabaseUnavailable(.timedOut, "a statement took longer than allowed"))
        case "55P03":
            self.init(reason: .refused, error: DatabaseUnavailable(.busy, "a lock was not free"))
        case "53100":
            self.init(reason: .refused, error: DatabaseFull(description: "the disk under the database is full"))
        default:
            self.init(diagnosis, sql: sql)
        }
    }

    private init(_ diagnosis: PostgresDiagnosis, sql: String) {
        switch diagnosis.state.prefix(2) {
        case "08":
            self.init(reason: .connectionLost, error: DatabaseUnavailable(.connectionLost, diagnosis.message))
        case "23":
            self.init(reason: .refused, error: diagnosis.violation ?? diagnosis.refused(sql))
        case "53", "58":
            self.init(reason: .refused, error: DatabaseUnavailable(.storage, diagnosis.message))
        case "57":
            // Shutting down, crashed, starting up.
            self.init(reason: .connectionLost, error: DatabaseUnavailable(.connectionLost, diagnosis.message))
        default:
            self.init(reason: .refused, error: diagnosis.refused(sql))
        }
    }

    init(reason: Reason, error: any Error) {
        self.reason = reason
        self.error = error
    }
}
