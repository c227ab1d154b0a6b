import Synchronization

/// How far an archive is, told from the thread that writes it; and whether anybody still wants it.
package final class ZipProgress: Sendable {
    private let state = Mutex((part: 0.0, isCancelled: false))

    package init() {}

    /// From 0 to 1.
    package var part: Double { state.withLock { $0.part } }

    package func cancel() { state.withLock { $0.isCancelled = true } }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func reach(_ part: Double) { state.withLock { $0.part = part } }
}

extension StagingArea {
    /// Writes an archive to `path` in a scratch directory.
    /// - Throws: `ZipFailure`.
    package func write(_ archive: ZipFile, toScratch path: String, telling progress: ZipProgress) async throws {
        try await pool.run { try archive.write(to: path, telling: progress) }
    }
}
