import NIOConcurrencyHelpers

/// How often something may be done: `RateLimit(5, per: .seconds(60))` allows five at once and then one every twelve
/// seconds.
package struct RateLimit: Sendable, Hashable {
    package let count: Int
    package let period: Duration

    package init(_ count: Int, per period: Duration) {
        self.count = max(1, count)
        self.period = period
    }

    /// The time in which one more is allowed.
    var interval: Duration { period / count }
}

/// Counts in memory who did something how often, by the generic cell rate algorithm: one moment for each key, at which its
/// allowance would be whole again. A server of several machines allows as many times more.
///
/// The number of keys is bounded. When an attacker fills it with keys of their own, the oldest half is forgotten, which
/// never locks anybody out.
package final class RateLimiter: Sendable {
    package struct Verdict: Sendable, Hashable {
        package let isAllowed: Bool
        /// How many more are allowed at once.
        package let remaining: Int
        /// Until the next one is allowed; zero when one is.
        package let retryAfter: Duration
        /// Until the allowance is whole again.
        package let reset: Duration
    }

    package let limit: RateLimit
    private let maximumKeys: Int
    private let now: @Sendable () -> Duration
    private let state = NIOLockedValueBox(State())

    /// Two generations: when the young one is full, it becomes the old one, and the old one is forgotten.
    private struct State {
        var young: [String: Duration] = [:]
        var old: [String: Duration] = [:]
    }

    /// - Parameter now: a clock that never goes back.
    package init(
        _ limit: RateLimit,
        maximumKeys: Int = 100_000,
        now: @escaping @Sendable () -> Duration = RateLimiter.uptime
    ) {
        self.limit = limit
        self.maximumKeys = max(2, maximumKeys)
        self.now = now
    }

    /// Counts one more for this key, if it is allowed.
    package func take(_ key: String) -> Verdict {
        let now = now()
        return state.withLockedValue { state in
            let whole = max(now, state.young[key] ?? state.old[key] ?? now)
            let afterwards = whole + limit.interval
            let excess = afterwards - now - limit.period
            if excess > .zero {
                return Verdict(isAllowed: false, remaining: 0, retryAfter: excess, reset: whole - now)
            }
            if state.young[key] == nil, state.young.count >= maximumKeys / 2 {
                state.old = state.young
                state.young = [:]
            }
            state.young[key] = afterwards
            return Verdict(
                isAllowed: true,
                remaining: Int((.zero - excess) / limit.interval),
                retryAfter: .zero,
                reset: afterwards - now
            )
        }
    }

    /// Gives a key its whole allowance back (after a successful sign-in).
    package func forget(_ key: String) {
        state.withLockedValue { state in
            state.young[key] = nil
            state.old[key] = nil
        }
    }

    var count: Int { state.withLockedValue { $0.young.count + $0.old.count } }

    package static let uptime: @Sendable () -> Duration = {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }()
}
