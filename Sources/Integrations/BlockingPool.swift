import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

/// A few threads of their own for calls that block: disks and hashing, never on an event loop and never on the threads
/// that run Swift's tasks.
///
/// A call that was handed in is made, whether or not the asking task is cancelled meanwhile: half of a file operation
/// is worse than a late one.
final class BlockingPool: Sendable {
    private let threads: NIOThreadPool
    private let givesWay: Bool

    /// - Parameter givesWay: whether these threads leave the processor to all others that want it, as far as the system
    ///   knows priorities of threads.
    init(threads count: Int, givesWay: Bool = false) {
        self.givesWay = givesWay
        threads = NIOThreadPool(numberOfThreads: count)
        threads.start()
    }

    deinit {
        threads.shutdownGracefully { _ in }
    }

    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            threads.submit { [givesWay] state in
                if givesWay { Self.lowerPriority() }
                switch state {
                case .active: continuation.resume(with: Swift.Result(catching: body))
                case .cancelled: continuation.resume(throwing: CancellationError())
                }
            }
        }
    }

    /// Of the thread that calls: Linux has a nice value for each (setpriority(2), “C library/kernel differences”).
    private static func lowerPriority() {
        #if canImport(Glibc)
            _ = setpriority(numericCast(PRIO_PROCESS.rawValue), 0, 10)
        #endif
    }
}
