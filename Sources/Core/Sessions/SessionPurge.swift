/// Removes sessions that have timed out, every hour.
package struct SessionPurge: JobHandler {
    package static let schedule = JobSchedule("sessions.purge", every: .hours(1))

    package let kind: JobKind = "sessions.purge"
    private let sessions: Sessions

    package init(sessions: Sessions) {
        self.sessions = sessions
    }

    package func run(_ job: RunningJob) async throws {
        _ = try await sessions.purge()
        try await job.complete()
    }
}
