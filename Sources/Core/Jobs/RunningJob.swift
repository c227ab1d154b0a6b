import NIOConcurrencyHelpers
package import Persistence

/// What a handler sees of the job that it runs.
package struct RunningJob: Sendable {
    let claim: JobClaim
    let database: any Database
    let effects: Effects
    let lease: Duration
    private let state = NIOLockedValueBox(State())

    private struct State {
        var lastReport: Timestamp?
        var isCompleted = false
    }

    init(claim: JobClaim, database: any Database, effects: Effects, lease: Duration) {
        self.claim = claim
        self.database = database
        self.effects = effects
        self.lease = lease
    }

    package var id: ID<Job> { claim.id }
    package var payload: [String: String] { claim.payload }
    /// 1 for the first run.
    package var attempt: Int { claim.attempt }
    package var isLastAttempt: Bool { claim.attempt >= claim.maxAttempts }
    package var tenant: ID<Tenant> { claim.tenant }
    package var owner: ID<Account>? { claim.owner }

    /// Says how far the work is. Cheap to call often: at most one a second reaches the database.
    /// - Parameter progress: from 0 to 1; nil where the work cannot say.
    /// - Throws: `JobCancelled` when somebody asked for that.
    package func report(progress: Double?, message: String? = nil) async throws {
        try Task.checkCancellation()
        let now = effects.now()
        let isDue = state.withLockedValue { state in
            if let last = state.lastReport, now - last < .seconds(1) { return false }
            state.lastReport = now
            return true
        }
        guard isDue else { return }
        let clamped = progress.map { min(max($0, 0), 1) }
        let claim = claim
        let until = now + lease
        let cancelAsked: Bool? = try await database.write(.locking, label: "job.report") { db in
            try db.value(JobQueries.report(claim, progress: clamped, message: message, until: until))
        }
        try RunningJob.check(cancelAsked)
    }

    /// Runs the job's effects on the database and its end in one transaction. When the lease was lost meanwhile nothing
    /// of it happens.
    package func complete(_ body: @escaping @Sendable (any Connection) throws -> Void = { _ in }) async throws {
        let claim = claim
        let now = effects.now()
        try await database.write(.serializable, label: "job.complete") { db in
            let finish = JobQueries.finish(claim, as: .done, error: nil, runAfter: now, now: now)
            guard try db.execute(finish) == 1 else { throw JobLeaseLost() }
            try body(db)
        }
        state.withLockedValue { $0.isCompleted = true }
    }

    /// Keeps a part of the work: effects on the database that stand even if the rest is never done, in one transaction
    /// that only the holder of the lease can make.
    /// - Throws: `JobCancelled` when somebody asked for that; what was kept stays.
    @discardableResult
    package func keep<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let claim = claim
        let until = effects.now() + lease
        let (cancelAsked, result) = try await database.write(.serializable, label: "job.keep") { db in
            guard let asked = try db.value(JobQueries.heartbeat(claim, until: until), as: Bool.self) else {
                throw JobLeaseLost()
            }
            return (asked, try body(db))
        }
        try RunningJob.check(cancelAsked)
        return result
    }

    var isCompleted: Bool { state.withLockedValue { $0.isCompleted } }

    func heartbeat() async throws {
        let claim = claim
        let until = effects.now() + lease
        let cancelAsked: Bool? = try await database.write(.locking, label: "job.heartbeat") { db in
            try db.value(JobQueries.heartbeat(claim, until: until))
        }
        try RunningJob.check(cancelAsked)
    }

    func end(as next: JobState, error: String?, runAfter: Timestamp) async throws {
        let claim = claim
        let now = effects.now()
        _ = try await database.write(.locking, label: "job.end") { db in
            try db.execute(JobQueries.finish(claim, as: next, error: error, runAfter: runAfter, now: now))
        }
    }

    private static func check(_ cancelAsked: Bool?) throws {
        guard let cancelAsked else { throw JobLeaseLost() }
        if cancelAsked { throw JobCancelled() }
    }
}
