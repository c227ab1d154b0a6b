import NIOPosix

/// A few threads of their own for calls that block: disks and hashing, never on an event loop and never on the threads
/// that run Swift's tasks.
///
/// A call that was handed in is made, whether or not the asking task is cancelled meanwhile: half of a file operation
/// is worse than a late one.
final class BlockingPool: Sendable {
    private let threads: NIOThreadPool

    init(threads count: Int) {
        threads = NIOThreadPool(numberOfThreads: count)
        threads.start()
    }

    deinit {
        threads.shutdownGracefully { _ in }
    }

    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            threads.submit { state in
                switch state {
                case .active: continuation.resume(with: Swift.Result(catching: body))
                case .cancelled: continuation.resume(throwing: CancellationError())
                }
            }
        }
    }
}
