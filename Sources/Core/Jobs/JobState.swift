import Persistence

/// Where a job stands. `waiting → running → done`, back to `waiting` to try again, or an end in `dead` or `cancelled`.
package enum JobState: String, Sendable, Hashable, CaseIterable, SQLConvertible {
    case waiting
    case running
    case done
    /// Given up after the last attempt or a permanent failure; a person may retry it.
    case dead
    case cancelled

    package enum Event: Sendable, Hashable {
        case claimed
        case completed
        case failed(permanently: Bool, attemptsLeft: Int)
        case leaseExpired(attemptsLeft: Int)
        /// The worker noticed that a cancel was asked for, or nobody had begun yet.
        case cancelled
        case retried
    }

    package struct Impossible: Error, Equatable {
        package let state: JobState
        package let event: Event
    }

    /// The state after an event; throws `Impossible` where the two do not go together.
    package func after(_ event: Event) throws(Impossible) -> JobState {
        switch (self, event) {
        case (.waiting, .claimed): .running
        case (.running, .completed): .done
        case (.running, .failed(let permanently, let left)): permanently || left <= 0 ? .dead : .waiting
        case (.running, .leaseExpired(let left)): left <= 0 ? .dead : .waiting
        case (.waiting, .cancelled), (.running, .cancelled): .cancelled
        case (.dead, .retried), (.cancelled, .retried): .waiting
        case (.waiting, _), (.running, _), (.done, _), (.dead, _), (.cancelled, _):
            throw Impossible(state: self, event: event)
        }
    }

    package var isFinished: Bool {
        switch self {
        case .waiting, .running: false
        case .done, .dead, .cancelled: true
        }
    }
}

/// How long to wait before the next attempt: 2^attempt seconds, at most an hour, ± 10 %. Attempt 1 waits about 2 s,
/// attempt 5 about 32 s, attempt 12 and later an hour.
package enum JobBackoff {
    /// - Parameter jitter: from 0 to 1; 0.5 is no jitter at all.
    package static func delay(afterAttempt attempt: Int, jitter: Double) -> Duration {
        let seconds = Double(1 << min(max(attempt, 0), 12))
        return .milliseconds(Int64(min(seconds, 3600) * (0.9 + 0.2 * jitter) * 1000))
    }
}
