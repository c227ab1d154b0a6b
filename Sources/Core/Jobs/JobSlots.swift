import NIOConcurrencyHelpers

/// How many more jobs of each kind this process may run, and the bell that rings when one has ended.
struct JobSlots: Sendable {
    private struct State {
        var free: [JobKind: Int]
        var running = 0
    }

    private let state: NIOLockedValueBox<State>
    private let bell = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

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
        bell.continuation.yield()
    }

    /// Returns when a job ends, or after that long.
    func waitForRelease(atMost duration: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: duration) }
            group.addTask { for await _ in bell.stream { return } }
            await group.next()
            group.cancelAll()
        }
    }

    var isIdle: Bool { state.withLockedValue { $0.running == 0 } }
}
