package import Persistence

/// The durable queue: put work in, watch it, cancel it, try it again.
package struct Jobs: Sendable {
    let database: any Database
    let effects: Effects

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    /// Adds work inside the caller's transaction, so that the change and the work it needs are one. Answers the waiting
    /// or running job with the same unique key when there is one.
    @discardableResult
    package static func enqueue(_ request: JobRequest, on db: any Connection, at now: Timestamp) throws -> ID<Job> {
        if let id = try db.value(JobQueries.insert(request, now: now), as: ID<Job>.self) { return id }
        if let key = request.uniqueKey, let id = try db.value(JobQueries.withKey(key), as: ID<Job>.self) { return id }
        throw RowError("a job was neither added nor found")
    }

    /// Adds work on its own.
    @discardableResult
    package func enqueue(_ request: JobRequest) async throws -> ID<Job> {
        let now = effects.now()
        return try await database.write { db in try Jobs.enqueue(request, on: db, at: now) }
    }

    /// Throws `Failure.notFound` for work of others.
    package func find(_ id: ID<Job>, in scope: Scope) async throws -> Job {
        let job = try await database.read { db in try db.first(JobQueries.find(id, in: scope)).map(Job.init) }
        guard let job else { throw Failure.notFound }
        return job
    }

    /// Several jobs by their ids, for operations that have a transaction open and know who may see them.
    static func load(_ ids: [ID<Job>], on db: any Connection) throws -> [ID<Job>: Job] {
        let jobs = try db.all(JobQueries.load(ids), as: Job.init)
        return Dictionary(jobs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Ends waiting work at once; running work ends at its next report, a second or so later.
    package func cancel(_ id: ID<Job>, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            guard let job = try db.first(JobQueries.find(id, in: scope)).map(Job.init) else { throw Failure.notFound }
            switch job.state {
            case .waiting:
                try db.execute(JobQueries.setState(id, from: .waiting, to: .waiting.after(.cancelled), now: now))
            case .running: try db.execute(JobQueries.askCancel(id))
            case .done, .dead, .cancelled: throw Failure.jobNotRunning
            }
        }
    }

    /// Puts work that was given up or cancelled back into the queue, with all its attempts.
    package func retry(_ id: ID<Job>, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            guard let job = try db.first(JobQueries.find(id, in: scope)).map(Job.init) else { throw Failure.notFound }
            guard let next = try? job.state.after(.retried) else { throw Failure.jobNotEnded }
            try db.execute(JobQueries.setState(id, from: job.state, to: next, now: now))
        }
    }

    /// How many jobs of a kind wait or run.
    package func pending(_ kind: JobKind) async throws -> Int {
        try await database.read { db in try db.value(JobQueries.pending(kind)) } ?? 0
    }

    /// How many jobs stand where.
    package func counts() async throws -> [JobState: Int] {
        let pairs = try await database.read { db in
            try db.all(JobQueries.counts()) { row in (try row["state"] as JobState, try row["count"] as Int) }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}
