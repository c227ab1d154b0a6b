import Core
import NIOConcurrencyHelpers

/// What stands in the way of serving, looked up at most once a second: looking writes to the database, and anybody may ask.
final class KeptReadiness: Sendable {
    private struct Found {
        let at: ContinuousClock.Instant
        let problems: [String]
    }

    private let readiness: Readiness
    private let found = NIOLockedValueBox<Found?>(nil)

    init(_ readiness: Readiness) {
        self.readiness = readiness
    }

    /// As in `Readiness.problems()`.
    func problems() async -> [String] {
        let now = ContinuousClock.now
        if let kept = found.withLockedValue({ $0 }), now - kept.at < .seconds(1) { return kept.problems }
        let problems = await readiness.problems()
        found.withLockedValue { $0 = Found(at: now, problems: problems) }
        return problems
    }
}
