import Persistence

/// Where an upload stands. `receiving → storing → finished`, or an early end in `terminated` or `expired`.
package enum UploadState: String, Sendable, Hashable, CaseIterable, SQLConvertible {
    /// Bytes are missing; anybody with the right to may send them.
    case receiving
    /// All bytes are here and were found good; they move to their place, and the item is made.
    case storing
    /// The item exists.
    case finished
    /// Ended by its owner.
    case terminated
    /// Nothing came for too long.
    case expired

    package enum Event: Sendable, Hashable, CaseIterable {
        case accepted
        case stored
        case terminated
        case expired
    }

    /// The state after an event.
    /// - Throws: `Failure.uploadFinished` or `.uploadGone` where the two do not go together.
    package func after(_ event: Event) throws(Failure) -> UploadState {
        switch (self, event) {
        case (.receiving, .accepted), (.storing, .accepted): return .storing
        case (.storing, .stored), (.finished, .stored): return .finished
        case (.receiving, .terminated), (.terminated, .terminated): return .terminated
        case (.receiving, .expired), (.expired, .expired): return .expired
        case (.receiving, .stored): throw .uploadIncomplete
        case (.storing, .terminated), (.storing, .expired): throw .uploadBusy
        case (.finished, .accepted), (.finished, .terminated), (.finished, .expired): throw .uploadFinished
        case (.terminated, .accepted), (.terminated, .stored), (.terminated, .expired): throw .uploadGone
        case (.expired, .accepted), (.expired, .stored), (.expired, .terminated): throw .uploadGone
        }
    }
}
