import Foundation

/// A worker's place: the connection it has, if any. Never leaves its thread.
final class PostgresDesk {
    private let url: String
    private let options: DatabaseOptions
    private var session: PostgresSession?

    init(url: String, options: DatabaseOptions) {
        self.url = url
        self.options = options
    }

    /// The connection, a new one where there is none, it has died, or it is too old.
    func connected() throws(PostgresFailure) -> PostgresSession {
        if let session, session.isAlive, ContinuousClock.now - session.openedAt < options.maximumAge {
            return session
        }
        session = nil
        let new = try PostgresSession(url: url, options: options)
        session = new
        return new
    }

    func forgetStatements() {
        session?.forgetStatements()
    }

    func disconnect() {
        session = nil
    }

    var waitingTime: Duration { options.waitingTime }
}

/// What a transaction borrows from a worker while it runs, and how long it may go on trying.
final class PostgresLease {
    private let desk: PostgresDesk
    private let cancellation: Cancellation
    private var lostSince: ContinuousClock.Instant?
    private var attempts: [PostgresFailure.Reason: Int] = [:]
    /// How often a transaction that others got in the way of is tried.
    private static let mostAttempts = 20

    init(desk: PostgresDesk, cancellation: Cancellation) {
        self.desk = desk
        self.cancellation = cancellation
    }

    var isCancelled: Bool { cancellation.isSet }

    func session() throws(PostgresFailure) -> PostgresSession {
        try desk.connected()
    }

    /// Waits as long as makes sense before another attempt; false when there should be none.
    func mayTryAgain(after reason: PostgresFailure.Reason) -> Bool {
        let attempt = attempts[reason, default: 0] + 1
        attempts[reason] = attempt
        guard !isCancelled else { return false }
        switch reason {
        case .refused:
            return false
        case .stalePlan:
            desk.forgetStatements()
            return attempt < Self.mostAttempts
        case .serialization:
            // Jitter keeps those that collided from colliding again.
            Thread.sleep(forTimeInterval: .random(in: 0...0.001 * Double(min(attempt * attempt, 100))))
            return attempt < Self.mostAttempts
        case .connectionLost:
            let now = ContinuousClock.now
            let since = lostSince ?? now
            lostSince = since
            let left = (desk.waitingTime - (now - since)).timeInterval
            guard left > 0 else { return false }
            let backoff = min(0.02 * pow(2, Double(min(attempt, 6))), 0.5)
            Thread.sleep(forTimeInterval: min(left, .random(in: backoff / 2...backoff)))
            return true
        }
    }
}
