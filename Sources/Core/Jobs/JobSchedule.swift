import Persistence

/// Work that comes again and again. The next turn stands in the database, so that many machines share one clock hand.
struct JobSchedule: Sendable {
    let kind: JobKind
    let every: Duration

    init(_ kind: JobKind, every: Duration) {
        self.kind = kind
        self.every = every
    }

    func enqueueIfDue(database: any Database, now: Timestamp) async throws {
        let next = now + every
        try await database.write(.locking, label: "job.schedule") { db in
            try db.execute(JobQueries.plan(kind, at: now))
            guard try db.execute(JobQueries.takeTurn(kind, now: now, next: next)) == 1 else { return }
            let request = JobRequest(kind: kind, priority: .low, uniqueKey: "schedule:\(kind.rawValue)", maxAttempts: 3)
            try Jobs.enqueue(request, on: db, at: now)
        }
    }
}

/// Removes jobs that ended a week ago; those that were given up stay until somebody looks at them.
package struct JobSweep: JobHandler {
    package let kind: JobKind = "jobs.sweep"
    package let every: Duration? = .hours(1)
    let effects: Effects

    package init(effects: Effects) {
        self.effects = effects
    }

    package func run(_ job: RunningJob) async throws {
        let before = effects.now() - .days(7)
        try await job.complete { db in try db.execute(JobQueries.sweep(before: before)) }
    }
}
