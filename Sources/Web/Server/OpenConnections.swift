import NIOConcurrencyHelpers
import NIOCore

/// Counts the connections that are open, and says which are too many.
final class OpenConnections: Sendable {
    enum Admission: Equatable {
        case admitted
        /// One too many, to be told so.
        case refused
        /// Too many even of those that are being told.
        case dropped
    }

    private let limit: Int
    private let state = NIOLockedValueBox((count: 0, refused: 0))

    init(limit: Int) { self.limit = limit }

    /// Counts a connection in; each call is matched by one of ``left()``.
    func entered() -> Admission {
        state.withLockedValue { state in
            state.count += 1
            if state.count <= limit { return .admitted }
            state.refused += 1
            return state.count <= limit + limit / 4 + 1 ? .refused : .dropped
        }
    }

    func left() { state.withLockedValue { $0.count -= 1 } }

    /// Now open, and ever refused.
    var counts: (open: Int, refused: Int) { state.withLockedValue { ($0.count, $0.refused) } }
}
