/// Removes, every hour, sessions that have timed out and wrong tries to sign in that count no more.
package struct SessionPurge: JobHandler {
    package let kind: JobKind = "sessions.purge"
    package let every: Duration? = .hours(1)
    private let sessions: Sessions
    private let accounts: Accounts

    package init(sessions: Sessions, accounts: Accounts) {
        self.sessions = sessions
        self.accounts = accounts
    }

    package func run(_ job: RunningJob) async throws {
        _ = try await sessions.purge()
        _ = try await accounts.purgeFailures()
        try await job.complete()
    }
}
