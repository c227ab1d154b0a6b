import Integrations
import NIOConcurrencyHelpers

/// Who writes to which upload in this process, and the files that stay open between two requests, so that a hash which
/// has read half of a file need not read that half again.
final class UploadHolds: Sendable {
    private struct State {
        var held: [ID<Upload>: UploadHold] = [:]
        var idle: [ID<Upload>: StagingFile] = [:]
        /// Oldest first.
        var order: [ID<Upload>] = []
    }

    /// A newcomer looks so often whether the upload is free.
    private static let pause = Duration.milliseconds(20)
    /// A sender that was stopped has so long to put away what it has written.
    private static let farewell = Duration.seconds(10)

    private let mostIdle: Int
    private let patience: Duration
    private let state = NIOLockedValueBox(State())

    /// - Parameter patience: a sender that is silent for so long gives way to a newcomer.
    init(patience: Duration, mostIdle: Int = 256) {
        self.patience = patience
        self.mostIdle = mostIdle
    }

    /// Takes an upload for oneself, with its file when it is still open. Waits for whoever has it, and stops them when
    /// they are silent.
    /// - Throws: `Failure.uploadBusy` when somebody else has it and goes on sending.
    func take(_ id: ID<Upload>) async throws -> (UploadHold, StagingFile?) {
        let end = ContinuousClock.now + patience * 1.5
        while true {
            if let taken = takeIfFree(id) { return taken }
            guard isWorthWaiting(for: id, until: end) else { throw Failure.uploadBusy }
            try await waitAWhile(for: id)
        }
    }

    /// The same at once or not at all.
    func takeIfFree(_ id: ID<Upload>) -> (UploadHold, StagingFile?)? {
        state.withLockedValue { state in
            guard state.held[id] == nil else { return nil }
            let hold = UploadHold()
            state.held[id] = hold
            state.order.removeAll { $0 == id }
            return (hold, state.idle.removeValue(forKey: id))
        }
    }

    /// Waits until nobody has an upload, stopping a silent sender, but not longer than it takes to know that one sends.
    func settle(_ id: ID<Upload>) async throws {
        let end = ContinuousClock.now + patience * 1.5
        while isHeld(id), isWorthWaiting(for: id, until: end) { try await waitAWhile(for: id) }
    }

    /// Closes the file of an upload that has ended, and ends the wait for more of it.
    func forget(_ id: ID<Upload>) {
        let hold = state.withLockedValue { state in
            state.idle[id] = nil
            state.order.removeAll { $0 == id }
            return state.held[id]
        }
        hold?.stop(ifSilentFor: .zero)
    }

    /// Gives it back; a file that comes with it stays open for whoever goes on.
    func release(_ id: ID<Upload>, keeping file: StagingFile?) {
        state.withLockedValue { state in
            state.held[id] = nil
            guard let file else { return }
            state.idle[id] = file
            state.order.append(id)
            if state.order.count > mostIdle { state.idle[state.order.removeFirst()] = nil }
        }
    }

    private func isHeld(_ id: ID<Upload>) -> Bool {
        state.withLockedValue { $0.held[id] != nil }
    }

    /// Whoever has it may still turn out to be silent, or was stopped and is about to go. On a busy machine the end may be
    /// over before anybody looked, so that a last look is part of the question.
    private func isWorthWaiting(for id: ID<Upload>, until end: ContinuousClock.Instant) -> Bool {
        let now = ContinuousClock.now
        guard now >= end else { return true }
        guard let hold = state.withLockedValue({ $0.held[id] }) else { return true }
        hold.stop(ifSilentFor: patience)
        return hold.isStopped && now < end + Self.farewell
    }

    private func waitAWhile(for id: ID<Upload>) async throws {
        state.withLockedValue { $0.held[id] }?.stop(ifSilentFor: patience)
        try await Task.sleep(for: Self.pause)
    }
}
