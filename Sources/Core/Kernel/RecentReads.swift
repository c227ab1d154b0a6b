import Persistence
import Synchronization

/// What the database answered a moment ago, for questions that every request asks: who is signed in, where a file lies.
///
/// An answer counts only while this process has written nothing since it was asked for, so nobody who changed something
/// here is ever shown what was before. What another process wrote is noticed within a second.
final class RecentReads<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Answer {
        let value: Value
        let writes: Int
        let askedAt: ContinuousClock.Instant
    }

    private let writes: WriteCount
    private let lifetime: Duration
    private let capacity: Int
    private let answers = Mutex<[Key: Answer]>([:])

    init(of database: any Database, lifetime: Duration = .seconds(1), capacity: Int = 4096) {
        writes = database.writes
        self.lifetime = lifetime
        self.capacity = capacity
    }

    /// The answer to `key`, from memory or from `read`. What `read` throws, and nil, is not kept.
    func value(for key: Key, orRead read: () async throws -> Value?) async throws -> Value? {
        let writesBefore = writes.now
        let now = ContinuousClock.now
        let known = answers.withLock { $0[key] }
        if let known, known.writes == writesBefore, now - known.askedAt < lifetime { return known.value }
        let found = try await read()
        guard let found else { return nil }
        answers.withLock { answers in
            // Everything in here is a second old at most: to begin anew costs less than to choose.
            if answers.count >= capacity { answers.removeAll(keepingCapacity: true) }
            answers[key] = Answer(value: found, writes: writesBefore, askedAt: now)
        }
        return found
    }
}
