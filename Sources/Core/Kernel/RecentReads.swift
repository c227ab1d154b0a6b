import Persistence
import Synchronization

/// What the database answered a moment ago, for questions that every request asks: who is signed in, where a file lies.
///
/// An answer counts only while this process has written nothing since it was asked for, so nobody who changed something
/// here is ever shown what was before. What another process wrote is noticed within a second.
final class RecentReads<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Moment {
        let writes: Int
        let time = ContinuousClock.now
    }

    private struct Answer {
        let value: Value
        let askedAt: Moment
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

    /// The answer to `key`, from memory or from `read`. What `read` throws is not kept.
    func value(for key: Key, orRead read: () async throws -> Value) async throws -> Value {
        let moment = Moment(writes: writes.now)
        if let known = known(key, at: moment) { return known }
        let value = try await read()
        keep(value, for: key, since: moment)
        return value
    }

    /// The same for what may not be there; nil is not kept either, so nobody fills the memory with guesses.
    func found(for key: Key, orRead read: () async throws -> Value?) async throws -> Value? {
        let moment = Moment(writes: writes.now)
        if let known = known(key, at: moment) { return known }
        guard let value = try await read() else { return nil }
        keep(value, for: key, since: moment)
        return value
    }

    private func known(_ key: Key, at moment: Moment) -> Value? {
        guard let answer = answers.withLock({ $0[key] }), answer.askedAt.writes == moment.writes,
            moment.time - answer.askedAt.time < lifetime
        else { return nil }
        return answer.value
    }

    private func keep(_ value: Value, for key: Key, since moment: Moment) {
        answers.withLock { answers in
            // Everything in here is a second old at most: to begin anew costs less than to choose.
            if answers.count >= capacity { answers.removeAll(keepingCapacity: true) }
            answers[key] = Answer(value: value, askedAt: moment)
        }
    }
}
