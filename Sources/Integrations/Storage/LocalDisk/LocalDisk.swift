import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Stored files as files of a directory, laid out by their keys. Nothing in it is served as it lies there.
package struct LocalDisk: Storage {
    package let staging: StagingArea
    private let base: String
    private let pool: BlockingPool
    private let reserve: Int64

    /// Makes the directory when it is missing.
    /// - Parameters:
    ///   - reserve: bytes of the file system that uploads leave free, for the database and what else lives there.
    ///   - threads: how many file operations run at the same time.
    package init(base: String, reserve: Int64 = 0, threads: Int = 8) async throws {
        let pool = BlockingPool(threads: threads)
        let (folder, staging) = try await pool.run {
            try Directories.make(base.count > 1 && base.hasSuffix("/") ? String(base.dropLast()) : base)
            // Children of this program have other working directories, so every path is absolute.
            let folder = try Directories.absolute(base)
            return (folder, try StagingArea(directory: "\(folder)/.staging", pool: pool, reserve: reserve))
        }
        self.base = folder
        self.staging = staging
        self.pool = pool
        self.reserve = reserve
    }

    package func publish(_ path: String, as key: StorageKey) async throws {
        let target = self.path(of: key)
        let folder = "\(base)/\(key.folder)"
        try await pool.run { [base, staging] in
            let file = try DurableFile.settle(path, orPublishedAt: target)
            guard file == .present else { return }
            try Directories.make(folder)
            // Whoever made these folders may have been interrupted before their names were durable.
            try Directories.sync(base)
            try Directories.sync(Directories.parent(of: folder))
            guard rename(path, target) == 0 else {
                guard errno == EXDEV else { throw StorageError("rename", errno: errno) }
                return try DurableFile.copy(path, to: target, by: staging.scratchName())
            }
            try Directories.sync(folder)
        }
    }

    package func open(_ key: StorageKey) async throws -> OpenedFile {
        let path = path(of: key)
        // What the kernel has at hand opens at once; only a wait for the disk is worth another thread.
        let descriptor = file_open_cached(path)
        if descriptor >= 0 { return try OpenedFile(descriptor: descriptor) }
        return try await pool.run {
            try OpenedFile(descriptor: Descriptor.open(path, O_RDONLY))
        }
    }

    package func withLocalFile<Result: Sendable>(
        _ key: StorageKey,
        _ body: @Sendable (_ path: String) async throws -> Result
    ) async throws -> Result {
        guard try await exists(key) else { throw StorageError.notFound }
        return try await body(path(of: key))
    }

    package func delete(_ key: StorageKey) async throws {
        let path = path(of: key)
        try await pool.run { try Directories.removeFile(path) }
    }

    package func exists(_ key: StorageKey) async throws -> Bool {
        let path = path(of: key)
        return try await pool.run {
            if access(path, F_OK) == 0 { return true }
            guard errno == ENOENT else { throw StorageError("access", errno: errno) }
            return false
        }
    }

    package func freeSpace() async throws -> Int64? {
        try await pool.run { [base, reserve] in
            let space = try attempt("statvfs") { file_system_space(base) }
            return max(0, space - reserve)
        }
    }

    private func path(of key: StorageKey) -> String { "\(base)/\(key.text)" }
}
