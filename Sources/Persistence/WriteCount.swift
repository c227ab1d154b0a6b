import Synchronization

/// How many writes this process has made, so that what was read can be known to be still true without reading it again.
package final class WriteCount: Sendable {
    private let count = Atomic<Int>(0)

    package var now: Int { count.load(ordering: .acquiring) }

    /// Called after a write has ended and before its caller learns of it, however it ended.
    func advance() { count.add(1, ordering: .acquiringAndReleasing) }
}
