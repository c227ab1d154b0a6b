#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The local directory for what is not finished: uploads under the id that their owner keeps, and scratch directories
/// that live as long as one piece of work.
package struct StagingArea: Sendable {
    private let uploads: String
    private let scratch: String
    let pool: BlockingPool
    private let reserve: Int64

    init(directory: String, pool: BlockingPool, reserve: Int64) throws(StorageError) {
        uploads = "\(directory)/uploads"
        scratch = "\(directory)/scratch"
        self.pool = pool
        self.reserve = reserve
        try Directories.make(uploads)
        try Directories.make(scratch)
    }

    /// Where the file of `id` lies, to be published.
    package func path(of id: StagingID) -> String { "\(uploads)/\(id.text)" }

    /// Makes an empty file that survives a power cut.
    /// - Throws: `StorageError.exists` when there is one.
    package func create(_ id: StagingID) async throws -> StagingFile {
        let path = path(of: id)
        return try await pool.run { [pool, reserve, uploads] in
            let descriptor = try Descriptor.open(path, O_RDWR | O_CREAT | O_EXCL)
            let file = StagingFile(descriptor: descriptor, size: 0, path: path, pool: pool, reserve: reserve)
            try Directories.sync(uploads)
            return file
        }
    }

    /// Opens the file of `id` to go on with it. Only one holder at a time may append; who that is, is the caller's
    /// business.
    /// - Throws: `StorageError.notFound`.
    package func open(_ id: StagingID) async throws -> StagingFile {
        let path = path(of: id)
        return try await pool.run { [pool, reserve] in
            let descriptor = try Descriptor.open(path, O_RDWR)
            let size: Int64
            do {
                size = try FileStatus(descriptor: descriptor).size
            } catch {
                Descriptor.close(descriptor)
                throw error
            }
            return StagingFile(descriptor: descriptor, size: size, path: path, pool: pool, reserve: reserve)
        }
    }

    /// Removes the file of `id`; what does not exist is removed already.
    package func delete(_ id: StagingID) async throws {
        let path = path(of: id)
        try await pool.run { try Directories.removeFile(path) }
    }

    /// The files that nobody has appended to for as long as `milliseconds`, by `now` (milliseconds since 1970).
    package func idle(for milliseconds: Int64, now: Int64) async throws -> [StagingID] {
        try await pool.run { [uploads] in
            try Self.idle(in: uploads, before: now - milliseconds).compactMap { try? StagingID($0) }
        }
    }

    /// Lends an empty directory for one piece of work, on the file system that finished files are published to, and
    /// removes it with what is left in it.
    package func withScratch<Result: Sendable>(
        _ body: @Sendable (_ directory: String) async throws -> Result
    ) async throws -> Result {
        let directory = scratchName()
        try await pool.run { _ = try attempt("mkdir") { mkdir(directory, 0o700) } }
        do {
            let result = try await body(directory)
            try await pool.run { try Directories.removeTree(directory) }
            return result
        } catch {
            try? await pool.run { try Directories.removeTree(directory) }
            throw error
        }
    }

    /// Removes scratch directories that were left behind by programs that ended in the middle of their work: those
    /// that nothing was put into for as long as `milliseconds`, by `now` (milliseconds since 1970).
    package func removeAbandonedScratch(idleFor milliseconds: Int64, now: Int64) async throws {
        try await pool.run { [scratch] in
            for name in try Self.idle(in: scratch, before: now - milliseconds) {
                try Directories.removeTree("\(scratch)/\(name)")
            }
        }
    }

    /// A path in the scratch directory that nothing has.
    func scratchName() -> String {
        var random = SystemRandomNumberGenerator()
        return "\(scratch)/\(String(random.next() as UInt64, radix: 36))\(String(random.next() as UInt64, radix: 36))"
    }

    private static func idle(in directory: String, before moment: Int64) throws(StorageError) -> [String] {
        var idle: [String] = []
        for name in try Directories.names(in: directory) {
            guard let status = try? FileStatus(path: "\(directory)/\(name)") else { continue }
            if status.modified < moment { idle.append(name) }
        }
        return idle
    }
}
