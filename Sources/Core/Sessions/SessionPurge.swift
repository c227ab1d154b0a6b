/// Removes sessions that have timed out, every hour.
package struct SessionPurge: JobHandler {
    package let kind: JobKind = "sessions.purge"
    package let every: Duration? = .hours(1)
    private let sessions: Sessions

    package init(sessions: Sessions) {
        self.sessions = sessions
    }

    package func run(_ job: RunningJob) async throws {
        _ = try await sessions.purge()
        try await job.complete()
    }
}
