import Integrations
import NIOConcurrencyHelpers

/// Who writes to which upload in this process, and the files that stay open between two requests, so that a hash which
/// has read half of a file need not read that half again.
final class UploadHolds: Sendable {
    private struct State {
        var held: Set<ID<Upload>> = []
        var idle: [ID<Upload>: StagingFile] = [:]
        /// Oldest first.
        var order: [ID<Upload>] = []
    }

    private let mostIdle: Int
    private let state = NIOLockedValueBox(State())

    init(mostIdle: Int = 256) {
        self.mostIdle = mostIdle
    }

    /// Takes an upload for oneself, with its file when it is still open.
    /// - Throws: `Failure.uploadBusy` when somebody else has it.
    func take(_ id: ID<Upload>) throws(Failure) -> StagingFile? {
        let (isFree, file) = state.withLockedValue { state in
            guard state.held.insert(id).inserted else { return (false, nil as StagingFile?) }
            state.order.removeAll { $0 == id }
            return (true, state.idle.removeValue(forKey: id))
        }
        guard isFree else { throw .uploadBusy }
        return file
    }

    /// Closes the file of an upload that has ended.
    func forget(_ id: ID<Upload>) {
        state.withLockedValue { state in
            state.idle[id] = nil
            state.order.removeAll { $0 == id }
        }
    }

    /// Gives it back; a file that comes with it stays open for whoever goes on.
    func release(_ id: ID<Upload>, keeping file: StagingFile?) {
        state.withLockedValue { state in
            state.held.remove(id)
            guard let file else { return }
            state.idle[id] = file
            state.order.append(id)
            if state.order.count > mostIdle { state.idle[state.order.removeFirst()] = nil }
        }
    }
}
