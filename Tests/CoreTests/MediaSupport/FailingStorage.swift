import Integrations
import Synchronization

/// A storage that fails once, before or after it has published: what a crash at that moment leaves behind.
final class FailingStorage: Storage {
    enum Moment { case before, after }

    private let inner: any Storage
    private let moment: Moment
    private let error: any Error
    private let hasFailed = Mutex(false)

    init(_ inner: any Storage, _ moment: Moment, _ error: any Error = Crash()) {
        self.inner = inner
        self.moment = moment
        self.error = error
    }

    var staging: StagingArea { inner.staging }

    func publish(_ path: String, as key: StorageKey) async throws {
        let failsNow = hasFailed.withLock { failed in
            defer { failed = true }
            return !failed
        }
        if failsNow, moment == .before { throw error }
        try await inner.publish(path, as: key)
        if failsNow, moment == .after { throw error }
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

struct Crash: Error, Equatable {}
