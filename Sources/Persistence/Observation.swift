import CoreMetrics
import Logging
import Synchronization

/// What is known of transactions and statements from outside: a timer per label and outcome (`database.query`), a log of
/// slow statements, and every statement at debug level when that is switched on. Values never appear.
final class Observation: Sendable {
    private struct Key: Hashable {
        let label: String
        let kind: String
        let outcome: String
    }

    private let dialect: Dialect
    private let logger: Logger
    private let metrics: any MetricsFactory
    private let slowQueryTime: Duration
    private let logsStatements: Bool
    private let timers = Mutex<[Key: Timer]>([:])

    init(dialect: Dialect, options: DatabaseOptions) {
        self.dialect = dialect
        logger = options.logger
        metrics = options.metrics
        slowQueryTime = options.slowQueryTime
        logsStatements = options.logsStatements
    }

    func transaction<T>(label: String, kind: String, _ body: () async throws -> T) async rethrows -> T {
        let start = ContinuousClock.now
        do {
            let result = try await body()
            timer(Key(label: label, kind: kind, outcome: "ok")).recordNanoseconds(
                (ContinuousClock.now - start).nanoseconds
            )
            return result
        } catch {
            let outcome = Self.outcome(of: error)
            timer(Key(label: label, kind: kind, outcome: outcome))
                .recordNanoseconds((ContinuousClock.now - start).nanoseconds)
            throw error
        }
    }

    /// Called when a statement has ended.
    func statement(_ text: @autoclosure () -> String, label: String, since start: ContinuousClock.Instant) {
        let time = ContinuousClock.now - start
        guard logsStatements || time >= slowQueryTime else { return }
        let metadata: Logger.Metadata = [
            "label": .string(label), "sql": .string(text()), "ms": .stringConvertible(time.nanoseconds / 1_000_000),
        ]
        if time >= slowQueryTime {
            logger.warning("slow query", metadata: metadata)
        } else {
            logger.debug("query", metadata: metadata)
        }
    }

    private func timer(_ key: Key) -> Timer {
        timers.withLock { timers in
            if let timer = timers[key] { return timer }
            let timer = Timer(
                label: "database.query",
                dimensions: [
                    ("engine", dialect.rawValue), ("label", key.label), ("kind", key.kind), ("outcome", key.outcome),
                ],
                factory: metrics
            )
            timers[key] = timer
            return timer
        }
    }

    private static func outcome(of error: any Error) -> String {
        switch error {
        case is ConstraintViolation: "constraint"
        case let unavailable as DatabaseUnavailable: unavailable.reason.rawValue
        case is DatabaseFull: "full"
        case is CancellationError: "cancelled"
        default: "error"
        }
    }
}
