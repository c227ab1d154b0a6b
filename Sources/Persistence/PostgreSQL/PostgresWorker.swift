import Dispatch
import Foundation
import Synchronization

/// A thread of the pool. libpq waits for the server, so it must not run on Swift's or NIO's few threads.
final class PostgresWorker: Sendable {
    private let pool: PostgresPool
    private let url: String
    private let options: DatabaseOptions
    /// What the worker was woken for; nothing means that the pool is closing.
    private let mailbox = Mutex<PostgresJob?>(nil)
    private let bell = DispatchSemaphore(value: 0)
    /// A connection that was not used for so long is given back to the server.
    private static let patience: TimeInterval = 300

    init(pool: PostgresPool, url: String, options: DatabaseOptions) {
        self.pool = pool
        self.url = url
        self.options = options
    }

    func start(_ number: Int, with job: PostgresJob) {
        let thread = Thread { self.work(beginningWith: job) }
        thread.name = "postgres-\(number)"
        thread.start()
    }

    /// Called once each time after the pool has taken the worker from those that rest.
    func wake(with job: PostgresJob?) {
        mailbox.withLock { $0 = job }
        bell.signal()
    }

    private func work(beginningWith first: PostgresJob) {
        let desk = PostgresDesk(url: url, options: options)
        var job: PostgresJob? = first
        while let current = job {
            current.run(PostgresLease(desk: desk, cancellation: current.isCancelled))
            switch pool.next(for: self) {
            case .job(let next): job = next
            case .end: job = nil
            case .rest:
                if bell.wait(timeout: .now() + Self.patience) == .timedOut {
                    desk.disconnect()
                    bell.wait()
                }
                job = mailbox.withLock { $0.take() }
            }
        }
        desk.disconnect()
        pool.workerEnded()
    }
}
