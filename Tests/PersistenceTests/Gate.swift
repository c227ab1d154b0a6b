import Dispatch

/// Holds a database's thread inside a transaction until the test lets it go on.
final class Gate: Sendable {
    private let opening = DispatchSemaphore(value: 0)
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation

    init() {
        (arrivals, arrival) = AsyncStream.makeStream()
    }

    /// Called in the transaction; a second call does not stop.
    func hold() {
        arrival.finish()
        opening.wait()
        opening.signal()
    }

    /// Returns when the transaction has come to the gate.
    func isHeld() async {
        for await _ in arrivals {}
    }

    func open() {
        opening.signal()
    }
}
