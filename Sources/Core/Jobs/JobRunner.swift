package import Logging
import NIOConcurrencyHelpers
package import Persistence
import ServiceLifecycle

/// Takes jobs from the queue and runs them, as many of each kind at once as its handler allows. Any number of runners,
/// in any number of processes, may share a database.
package struct JobRunner: Service {
    package struct Settings: Sendable {
        /// How long a job stays with a worker that has gone silent.
        package var lease: Duration = .seconds(30)
        /// How often a running job says that it is alive.
        package var heartbeat: Duration = .seconds(10)
        /// How long the queue is left alone when it had nothing to do.
        package var poll: Duration = .milliseconds(500)
        /// How long running jobs may go on after the program was asked to stop.
        package var grace: Duration = .seconds(20)

        package init() {}
    }

    private let database: any Database
    private let effects: Effects
    private let handlers: [JobKind: any JobHandler]
    private let schedules: [JobSchedule]
    private let settings: Settings
    private let logger: Logger
    private let worker: String

    package init(
        database: any Database,
        effects: Effects,
        handlers: [any JobHandler],
        settings: Settings,
        logger: Logger
    ) {
        self.database = database
        self.effects = effects
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        schedules = handlers.compactMap { handler in handler.every.map { JobSchedule(handler.kind, every: $0) } }
        self.settings = settings
        self.logger = logger
        worker = effects.publicID()
    }

    /// Runs until the program is asked to stop. Jobs that do not end within the grace are cancelled and, since their
    /// claim ends with them, taken up again elsewhere.
    package func run() async throws {
        let slots = JobSlots(handlers: handlers.values.map { ($0.kind, $0.concurrency) })
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await maintain() }
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                let claims = await claim(slots)
                for claim in claims {
                    guard let handler = handlers[claim.kind] else { continue }
                    group.addTask {
                        await perform(claim, with: handler)
                        slots.release(claim.kind)
                    }
                }
                if claims.isEmpty {
                    await cancelWhenGracefulShutdown { await slots.waitForRelease(atMost: settings.poll) }
                }
            }
            await waitForEnd(of: slots)
            group.cancelAll()
        }
    }

    private func claim(_ slots: JobSlots) async -> [JobClaim] {
        var claims: [JobClaim] = []
        for (kind, free) in slots.free() {
            let now = effects.now()
            let query = JobQueries.claim(
                kinds: [kind],
                limit: free,
                worker: worker,
                now: now,
                leaseUntil: now + settings.lease
            )
            do {
                let taken = try await database.write(.locking, label: "job.claim") { db in
                    try db.all(query, as: JobClaim.init)
                }
                slots.take(kind, taken.count)
                claims += taken
            } catch is CancellationError {
                return claims
            } catch {
                logger.warning("The queue could not be read; trying again.", metadata: ["error": "\(error)"])
                await pause(.seconds(1))
            }
        }
        return claims
    }

    private func perform(_ claim: JobClaim, with handler: any JobHandler) async {
        let job = RunningJob(claim: claim, database: database, effects: effects, lease: settings.lease)
        var logger = logger
        logger[metadataKey: "job"] = "\(claim.id)"
        logger[metadataKey: "kind"] = "\(claim.kind.rawValue)"
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await handler.run(job) }
                group.addTask { try await beat(for: job) }
                defer { group.cancelAll() }
                // The first to end decides: the handler by ending, the heart by hearing of a cancel or a lost lease.
                try await group.next()
            }
            if !job.isCompleted { try await job.complete() }
            logger.debug("A job is done.")
        } catch {
            await settle(job, after: error, logger: logger)
        }
    }

    private func beat(for job: RunningJob) async throws {
        while true {
            try await Task.sleep(for: settings.heartbeat)
            do { try await job.heartbeat() } catch is DatabaseUnavailable {
                // The lease outlives a short absence of the database.
                continue
            }
        }
    }

    /// Writes down how a run that did not complete ended. Should even that fail, the lease runs out.
    private func settle(_ job: RunningJob, after error: any Error, logger: Logger) async {
        if job.isCompleted || error is JobLeaseLost {
            logger.notice("A job was taken over by another worker.")
            return
        }
        let claim = job.claim
        let left = claim.maxAttempts - claim.attempt
        let event: JobState.Event
        let reason: String
        switch error {
        case is JobCancelled:
            event = .cancelled
            reason = "Cancelled."
        case is CancellationError:
            // The program stops: the job goes back as if it had not begun, for whoever runs next.
            event = .failed(permanently: false, attemptsLeft: max(left, 1))
            reason = "The program stopped."
        case let failure as JobFailure:
            if case .permanent = failure {
                event = .failed(permanently: true, attemptsLeft: left)
            } else {
                event = .failed(permanently: false, attemptsLeft: left)
            }
            reason = failure.reason
        case let failure as Failure:
            event = .failed(permanently: false, attemptsLeft: left)
            reason = failure.message
        default:
            event = .failed(permanently: false, attemptsLeft: left)
            // Whose job it is may read the reason; what broke is for the log.
            reason = "Something went wrong on our side."
            logger.error("A job met a fault.", metadata: ["error": .string(String(reflecting: error))])
        }
        do {
            let next = try JobState.running.after(event)
            let jitter = Double(effects.randomBytes(1).first ?? 128) / 255
            let delay =
                error is CancellationError ? .zero : JobBackoff.delay(afterAttempt: claim.attempt, jitter: jitter)
            // A cancelled task could not reach the database; the note itself takes milliseconds.
            try await Uncancelled.run { try await job.end(as: next, error: reason, runAfter: effects.now() + delay) }
            logger.log(
                level: next == .dead ? .error : .notice,
                "A job did not complete.",
                metadata: ["reason": "\(reason)", "attempt": "\(claim.attempt)", "next": "\(next.rawValue)"]
            )
        } catch {
            logger.warning(
                "The end of a job could not be written; its lease will run out.",
                metadata: ["error": "\(error)"]
            )
        }
    }

    /// Gives back what silent workers held, and adds what is due again.
    private func maintain() async {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                let now = effects.now()
                let expired = try await database.write(.locking, label: "job.expire") { db in
                    try db.execute(JobQueries.expireLeases(now: now))
                }
                if expired > 0 {
                    logger.notice("Jobs of silent workers wait again.", metadata: ["count": "\(expired)"])
                }
                for schedule in schedules { try await schedule.enqueueIfDue(database: database, now: now) }
            } catch is CancellationError {
                return
            } catch {
                logger.warning("The queue could not be tended; trying again.", metadata: ["error": "\(error)"])
            }
            await pause(min(settings.lease / 6, .seconds(5)))
        }
    }

    private func waitForEnd(of slots: JobSlots) async {
        let clock = ContinuousClock()
        let deadline = clock.now + settings.grace
        while !slots.isIdle, clock.now < deadline, !Task.isCancelled { await pause(.milliseconds(50)) }
    }

    /// Ends early when the program is asked to stop, without an error.
    private func pause(_ duration: Duration) async {
        await cancelWhenGracefulShutdown {
            try? await Task.sleep(for: duration)
        }
    }
}
