import NIOConcurrencyHelpers

/// How many more jobs of each kind this process may run, and the bell that rings when one has ended.
struct JobSlots: Sendable {
    private struct State {
        var free: [JobKind: Int]
        var running = 0
    }

    private let state: NIOLockedValueBox<State>
    private let bell = Bell()

    init(handlers: [(JobKind, Int)]) {
        let free = Dictionary(handlers, uniquingKeysWith: max)
        state = NIOLockedValueBox(State(free: free))
    }

    func free() -> [(JobKind, Int)] {
        state.withLockedValue { $0.free.filter { $0.value > 0 }.map { ($0.key, $0.value) } }
    }

    func take(_ kind: JobKind, _ count: Int) {
        state.withLockedValue {
            $0.free[kind, default: 0] -= count
            $0.running += count
        }
    }

    func release(_ kind: JobKind) {
        state.withLockedValue {
            $0.free[kind, default: 0] += 1
            $0.running -= 1
        }
        bell.ring()
    }

    /// Returns when a job ends, or has ended since this was last asked, or after that long.
    func waitForRelease(atMost duration: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: duration) }
            group.addTask { await bell.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    var isIdle: Bool { state.withLockedValue { $0.running == 0 } }
}

/// Wakes one waiter. A ring that nobody waited for is remembered. (An `AsyncStream` will not do: it ends for good when a
/// waiting task is cancelled.)
private final class Bell: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = NIOLockedValueBox(State())

    func ring() {
        let waiter = state.withLockedValue { state in
            state.hasRung = state.waiter == nil
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLockedValue { state in
                    // The flag is set before the handler below runs, and both take this lock.
                    guard !state.hasRung, !Task.isCancelled else {
                        state.hasRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLockedValue { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }
}
