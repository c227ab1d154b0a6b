import Integrations
import Synchronization

/// A storage whose worker dies when it has published that many files: bytes are there, their rows are not.
final class DyingStorage: Storage {
    private let inner: any Storage
    private let left: Mutex<Int>

    init(_ inner: any Storage, after count: Int) {
        self.inner = inner
        left = Mutex(count)
    }

    var staging: StagingArea { inner.staging }

    func publish(_ path: String, as key: StorageKey) async throws {
        try await inner.publish(path, as: key)
        let isLast = left.withLock { left in
            left -= 1
            return left <= 0
        }
        if isLast { throw Crash() }
    }

    func open(_ key: StorageKey) async throws -> OpenedFile { try await inner.open(key) }

    func withLocalFile<Result: Sendable>(
        _ key: StorageKey,
        _ body: @Sendable (_ path: String) async throws -> Result
    ) async throws -> Result {
        try await inner.withLocalFile(key, body)
    }

    func delete(_ key: StorageKey) async throws { try await inner.delete(key) }
    func exists(_ key: StorageKey) async throws -> Bool { try await inner.exists(key) }
    func freeSpace() async throws -> Int64? { try await inner.freeSpace() }
}
