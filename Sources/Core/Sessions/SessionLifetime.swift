/// When a session is over by itself: `idle` after its last use, and `absolute` after its start in any case.
struct SessionLifetime: Sendable, Hashable {
    let idle: Duration
    let absolute: Duration

    /// Of a browser on which nobody asked to stay logged in: it may stand where others come by.
    var brief: SessionLifetime {
        SessionLifetime(idle: min(idle, .hours(12)), absolute: min(absolute, .days(1)))
    }

    func isOver(startedAt: Timestamp, lastUsedAt: Timestamp, at now: Timestamp) -> Bool {
        now - lastUsedAt >= idle || now - startedAt >= absolute
    }
}

/// The moments before which sessions of both kinds are over, for queries.
struct SessionLimits: Sendable {
    let kept: SessionLifetime
    let now: Timestamp

    /// The latest last use and the latest start of a session that is over.
    func bounds(isKept: Bool) -> (lastUsed: Timestamp, started: Timestamp) {
        let lifetime = isKept ? kept : kept.brief
        return (now - lifetime.idle, now - lifetime.absolute)
    }
}
