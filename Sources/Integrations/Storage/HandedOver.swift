import Synchronization

/// A flag that is raised once.
final class HandedOver: Sendable {
    private let raised = Atomic(false)

    var value: Bool { raised.load(ordering: .acquiring) }

    /// True for the one who raised it.
    func set() -> Bool {
        raised.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
    }
}
