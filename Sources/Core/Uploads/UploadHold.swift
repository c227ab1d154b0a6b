import NIOConcurrencyHelpers
import NIOCore

/// The claim of one sender on one upload. It notes when the sender was last heard, so that somebody who comes after a
/// silent one, as a client does whose old connection is dead but not yet closed, can take over.
final class UploadHold: Sendable {
    private struct State {
        /// Since when the next piece is waited for; nil while one is being written.
        var silentSince: ContinuousClock.Instant?
        var isStopped = false
    }

    private let state = NIOLockedValueBox(State())
    private let stopped: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    init() {
        (stopped, bell) = AsyncStream.makeStream()
    }

    /// Whether somebody else goes on with this upload.
    var isStopped: Bool { state.withLockedValue { $0.isStopped } }

    /// Ends the wait for a sender that has been silent for so long. One who sends is let be.
    func stop(ifSilentFor patience: Duration) {
        let isSilent = state.withLockedValue { state in
            guard let since = state.silentSince, ContinuousClock.now - since >= patience else { return false }
            state.isStopped = true
            return true
        }
        if isSilent { bell.finish() }
    }

    /// Runs `body`, which reads from the sender; cancels it when the sender is stopped.
    func whileHeld<Result: Sendable>(_ body: @escaping @Sendable () async -> Result) async -> Result? {
        await withTaskGroup(of: Result?.self) { group in
            group.addTask { await body() }
            group.addTask { [stopped] in
                for await _ in stopped {}
                return nil
            }
            // Whichever ends first ends the other; the answer is that of `body` in both cases.
            var result: Result?
            for await ended in group {
                if let ended { result = ended }
                group.cancelAll()
            }
            return result
        }
    }

    func waits() {
        state.withLockedValue { $0.silentSince = .now }
    }

    func hears() {
        state.withLockedValue { $0.silentSince = nil }
    }
}

/// A body whose sender holds an upload.
struct HeldBody<Body: AsyncSequence & Sendable>: AsyncSequence, Sendable where Body.Element == ByteBuffer {
    let body: Body
    let hold: UploadHold

    struct AsyncIterator: AsyncIteratorProtocol {
        var pieces: Body.AsyncIterator
        let hold: UploadHold

        mutating func next() async throws -> ByteBuffer? {
            hold.waits()
            defer { hold.hears() }
            if let piece = try await pieces.next() { return piece }
            // Some bodies end when they are cancelled as if they were whole.
            try Task.checkCancellation()
            return nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pieces: body.makeAsyncIterator(), hold: hold)
    }
}
