import DequeModule
import Dispatch
import Foundation
import Synchronization

/// N threads, each with a connection. Transactions wait in line for a thread, and no longer than the waiting time; the
/// thread that rested last goes first, so that few connections stay warm instead of many cold ones.
final class PostgresPool: Sendable {
    private let url: String
    private let options: DatabaseOptions
    private let state = Mutex(State())

    private struct State {
        var waiting: Deque<PostgresJob> = []
        var resting: [PostgresWorker] = []
        var workers = 0
        var isClosed = false
        var closing: [CheckedContinuation<Void, Never>] = []
    }

    init(url: String, options: DatabaseOptions) {
        self.url = url
        self.options = options
    }

    /// Runs `work` on a thread of the pool. `work` answers exactly once, and may go on afterwards.
    func perform<T: Sendable>(
        _ work: @escaping @Sendable (PostgresLease, @escaping (Result<T, any Error>) -> Void) -> Void
    ) async throws -> T {
        try Task.checkCancellation()
        let isCancelled = Cancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let job = PostgresJob(
                    isCancelled: isCancelled,
                    run: { lease in work(lease) { continuation.resume(with: $0) } },
                    refuse: { continuation.resume(throwing: $0) }
                )
                submit(job)
            }
        } onCancel: {
            isCancelled.set()
            giveUp(waiting: isCancelled)
        }
    }

    /// Refuses new transactions, lets those that run or wait end, then closes every connection.
    func close() async {
        await withCheckedContinuation { continuation in
            let resting = state.withLock { state in
                state.isClosed = true
                state.closing.append(continuation)
                defer { state.resting = [] }
                return state.resting
            }
            for worker in resting { worker.wake(with: nil) }
            if state.withLock({ $0.workers == 0 }) { announceClosed() }
        }
    }

    private func submit(_ job: PostgresJob) {
        enum Place {
            case closed
            case worker(PostgresWorker)
            case newWorker(Int)
            case line
        }
        let place: Place = state.withLock { state in
            if state.isClosed { return .closed }
            if let worker = state.resting.popLast() { return .worker(worker) }
            if state.workers < options.connections {
                state.workers += 1
                return .newWorker(state.workers)
            }
            state.waiting.append(job)
            return .line
        }
        switch place {
        case .closed: job.refuse(DatabaseUnavailable(.closed, "the database is closed"))
        case .worker(let worker): worker.wake(with: job)
        case .newWorker(let number): PostgresWorker(pool: self, url: url, options: options).start(number, with: job)
        case .line:
            // A task that was cancelled before it stood in line would wait for its turn in vain.
            if job.isCancelled.isSet { giveUp(waiting: job.isCancelled) }
            DispatchQueue.global().asyncAfter(deadline: .now() + options.waitingTime.timeInterval) {
                [weak self, weak job] in
                guard let self, let job, self.leaveLine(job.isCancelled) != nil else { return }
                job.refuse(DatabaseUnavailable(.poolExhausted, "every database connection stayed busy"))
            }
        }
    }

    private func giveUp(waiting cancelled: Cancellation) {
        leaveLine(cancelled)?.refuse(CancellationError())
    }

    private func leaveLine(_ cancellation: Cancellation) -> PostgresJob? {
        state.withLock { state in
            guard let place = state.waiting.firstIndex(where: { $0.isCancelled === cancellation }) else { return nil }
            return state.waiting.remove(at: place)
        }
    }

    /// What a worker does next.
    enum Next {
        case job(PostgresJob)
        case rest
        case end
    }

    func next(for worker: PostgresWorker) -> Next {
        state.withLock { state in
            if let job = state.waiting.popFirst() { return .job(job) }
            if state.isClosed { return .end }
            state.resting.append(worker)
            return .rest
        }
    }

    func workerEnded() {
        let isLast = state.withLock { state in
            state.workers -= 1
            return state.workers == 0 && state.isClosed
        }
        if isLast { announceClosed() }
    }

    private func announceClosed() {
        let waiting = state.withLock { state in
            defer { state.closing = [] }
            return state.closing
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Says that a task was cancelled, and which one a job belongs to.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() {
        flag.store(true, ordering: .relaxed)
    }
}

/// A transaction that waits for a thread.
final class PostgresJob: Sendable {
    let isCancelled: Cancellation
    let run: @Sendable (PostgresLease) -> Void
    let refuse: @Sendable (any Error) -> Void

    init(
        isCancelled: Cancellation,
        run: @escaping @Sendable (PostgresLease) -> Void,
        refuse: @escaping @Sendable (any Error) -> Void
    ) {
        self.isCancelled = isCancelled
        self.run = run
        self.refuse = refuse
    }
}
