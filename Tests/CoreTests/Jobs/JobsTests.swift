import Logging
import NIOConcurrencyHelpers
import Persistence
import ServiceLifecycle
import TestSupport
import Testing

@testable import Core

@Suite("The queue")
struct JobsTests {
    @Test("Work added in a transaction that fails is not there", arguments: Engine.available)
    func outbox(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let jobs = Jobs(database: database, effects: .live)
            await #expect(throws: Stop.self) {
                try await database.write { db in
                    try Jobs.enqueue(JobRequest(kind: "note"), on: db, at: Effects.live.now())
                    throw Stop()
                }
            }
            let counts = try await jobs.counts()
            #expect(counts.isEmpty)
        }
    }

    @Test("A job with a unique key is not added twice while it waits", arguments: Engine.available)
    func uniqueKey(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let jobs = Jobs(database: database, effects: .live)
            let first = try await jobs.enqueue(JobRequest(kind: "note", uniqueKey: "a"))
            let second = try await jobs.enqueue(JobRequest(kind: "note", uniqueKey: "a"))
            let other = try await jobs.enqueue(JobRequest(kind: "note", uniqueKey: "b"))
            #expect(first == second)
            #expect(first != other)
        }
    }

    @Test("Jobs run once each, with their effects", arguments: Engine.available)
    func runs(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let jobs = Jobs(database: database, effects: .live)
            for _ in 0..<50 { try await jobs.enqueue(JobRequest(kind: "note")) }
            let log = CallLog()
            let note = ClosureHandler(kind: "note", concurrency: 4) { job in
                log.add("\(job.id)")
                try await job.complete()
            }
            try await runJobs(on: database, [note]) { try await jobs.counts()[.done] == 50 }
            #expect(log.entries.count == 50)
            #expect(Set(log.entries).count == 50)
        }
    }

    @Test(
        "A permanent failure goes to the dead letters with its reason, and can be retried",
        arguments: Engine.available
    )
    func deadLetters(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let jobs = Jobs(database: database, effects: .live)
            let id = try await jobs.enqueue(JobRequest(kind: "note"))
            let refuse = ClosureHandler(kind: "note") { _ in throw JobFailure.permanent("The file is empty.") }
            try await runJobs(on: database, [refuse]) { try await jobs.counts()[.dead] == 1 }
            let dead = try await jobs.find(id, in: .system())
            #expect(dead.lastError == "The file is empty.")
            #expect(dead.attempt == 1)
            try await jobs.retry(id, in: .system())
            let accept = ClosureHandler(kind: "note") { _ in }
            try await runJobs(on: database, [accept]) { try await jobs.counts()[.done] == 1 }
        }
    }

    @Test("A temporary failure waits before the next attempt", arguments: Engine.available)
    func backoff(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let jobs = Jobs(database: database, effects: .live)
            let id = try await jobs.enqueue(JobRequest(kind: "note"))
            let log = CallLog()
            let fail = ClosureHandler(kind: "note") { job in
                log.add("\(job.attempt)")
                throw JobFailure.temporary("Busy.")
            }
            try await runJobs(on: database, [fail]) {
                try await jobs.find(id, in: .system()).lastError == "Busy."
            }
            #expect(log.entries == ["1"])
            #expect(try await jobs.find(id, in: .system()).state == .waiting)
        }
    }

    @Test("What a silent worker held is taken up again, and its late effects are refused", arguments: Engine.available)
    func fencing(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let effects = Effects.live
            let jobs = Jobs(database: database, effects: effects)
            let id = try await jobs.enqueue(JobRequest(kind: "note"))
            let now = effects.now()
            // A worker claims and goes silent: its lease is already over.
            let claim = try await database.write { db in
                try db.all(
                    JobQueries.claim(
                        kinds: ["note"],
                        limit: 1,
                        worker: "silent",
                        now: now,
                        leaseUntil: now - .seconds(1)
                    ),
                    as: JobClaim.init
                )
            }
            let lost = RunningJob(
                claim: try #require(claim.first),
                database: database,
                effects: effects,
                lease: .seconds(30)
            )
            let finish = ClosureHandler(kind: "note") { _ in }
            try await runJobs(on: database, [finish]) { try await jobs.counts()[.done] == 1 }
            #expect(try await jobs.find(id, in: .system()).attempt == 2)
            await #expect(throws: JobLeaseLost.self) {
                try await lost.complete { db in try Jobs.enqueue(JobRequest(kind: "late"), on: db, at: now) }
            }
            #expect(try await jobs.counts() == [.done: 1])
        }
    }

    @Test("A running job hears of its cancel", arguments: Engine.available)
    func cancel(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let jobs = Jobs(database: database, effects: .live)
            let id = try await jobs.enqueue(JobRequest(kind: "note"))
            let log = CallLog()
            let endless = ClosureHandler(kind: "note") { job in
                log.add("begun")
                while true {
                    try await job.report(progress: nil)
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            try await runJobs(on: database, [endless]) {
                let state = try await jobs.find(id, in: .system()).state
                if state == .running, log.entries == ["begun"] {
                    log.add("cancelled")
                    try await jobs.cancel(id, in: .system())
                }
                return try await jobs.find(id, in: .system()).state == .cancelled
            }
        }
    }

    @Test("A job that waits can be cancelled at once; one that ended cannot", arguments: Engine.available)
    func cancelWaiting(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let jobs = Jobs(database: database, effects: .live)
            let id = try await jobs.enqueue(JobRequest(kind: "note"))
            try await jobs.cancel(id, in: .system())
            #expect(try await jobs.find(id, in: .system()).state == .cancelled)
            await #expect(throws: Failure.jobNotRunning) { try await jobs.cancel(id, in: .system()) }
        }
    }

    @Test("Higher priority runs first", arguments: Engine.available)
    func priority(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let jobs = Jobs(database: database, effects: .live)
            for priority in [JobPriority.low, .normal, .high] {
                try await jobs.enqueue(
                    JobRequest(kind: "note", payload: ["priority": "\(priority)"], priority: priority)
                )
            }
            let log = CallLog()
            let note = ClosureHandler(kind: "note") { job in log.add(job.payload["priority"] ?? "") }
            try await runJobs(on: database, [note]) { try await jobs.counts()[.done] == 3 }
            #expect(log.entries == ["high", "normal", "low"])
        }
    }

    @Test("A schedule adds its job once a turn, however many ask", arguments: Engine.available)
    func schedule(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let jobs = Jobs(database: database, effects: .live)
            let schedule = JobSchedule("tidy", every: .hours(1))
            let now = Effects.live.now()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await schedule.enqueueIfDue(database: database, now: now) }
                }
                try await group.waitForAll()
            }
            #expect(try await jobs.counts() == [.waiting: 1])
        }
    }

    @Test("Claims, leases and sweeps are served by indexes", arguments: Engine.available)
    func plans(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let now = Effects.live.now()
            let claim = JobQueries.claim(kinds: ["note"], limit: 1, worker: "w", now: now, leaseUntil: now)
            try await database.read { db in
                let questions: [(SQL, String)] = [
                    (claim, "job_waiting"), (JobQueries.expireLeases(now: now), "job_running"),
                    (JobQueries.sweep(before: now), "job_finished"), (JobQueries.withKey("a"), "job_unique"),
                ]
                for (question, index) in questions {
                    let plan = try db.explain(question)
                    #expect(plan.usesIndex(index), "\(plan)")
                }
            }
        }
    }
}

/// Runs handlers until a condition holds; a minute without it fails the test.
func runJobs(
    on database: any Database,
    _ handlers: [any JobHandler],
    until isDone: @escaping @Sendable () async throws -> Bool
) async throws {
    var settings = JobRunner.Settings()
    settings.poll = .milliseconds(10)
    let runner = JobRunner(
        database: database,
        effects: .live,
        handlers: handlers,
        settings: settings,
        logger: Logger(label: "test")
    )
    let group = ServiceGroup(services: [runner], logger: Logger(label: "test"))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !isDone() {
            try #require(ContinuousClock.now < deadline, "the jobs did not come to their end within a minute")
            try await Task.sleep(for: .milliseconds(20))
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
    }
}

struct ClosureHandler: JobHandler {
    let kind: JobKind
    var concurrency = 1
    let body: @Sendable (RunningJob) async throws -> Void

    init(kind: JobKind, concurrency: Int = 1, body: @escaping @Sendable (RunningJob) async throws -> Void) {
        self.kind = kind
        self.concurrency = concurrency
        self.body = body
    }

    func run(_ job: RunningJob) async throws { try await body(job) }
}

final class CallLog: Sendable {
    private let box = NIOLockedValueBox<[String]>([])
    func add(_ entry: String) { box.withLockedValue { $0.append(entry) } }
    var entries: [String] { box.withLockedValue { $0 } }
}

private struct Stop: Error {}
