/// Why a handler gave up.
package enum JobFailure: Error, Sendable {
    /// Trying again cannot help: to the dead letters at once, with the reason.
    case permanent(String)
    /// May work later; retried with backoff.
    case temporary(String)

    var reason: String {
        switch self {
        case .permanent(let reason), .temporary(let reason): reason
        }
    }
}

/// Thrown inside a handler whose cancel was asked for.
package struct JobCancelled: Error {
    package init() {}
}

/// Another worker holds the job now; whatever this one did in its completing transaction is rolled back.
struct JobLeaseLost: Error {}

extension Failure {
    package static let jobNotRunning = Failure(
        .conflict,
        "job_finished",
        "This work has already ended; there is nothing to cancel."
    )
    package static let jobNotEnded = Failure(
        .conflict,
        "job_not_ended",
        "This work has not ended; wait for it or cancel it first."
    )
}
