#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Directories that only this program's user may enter, and what makes names in them durable.
enum Directories {
    /// Makes `path` and what is missing above it, with mode 0700, each durable in its parent.
    static func make(_ path: String) throws(StorageError) {
        if mkdir(path, 0o700) == 0 {
            try sync(parent(of: path))
            return
        }
        switch errno {
        case EEXIST:
            return
        case ENOENT where parent(of: path) != path:
            try make(parent(of: path))
            try make(path)
        case let code:
            throw StorageError("mkdir", errno: code)
        }
    }

    /// Makes the names in a directory durable.
    static func sync(_ path: String) throws(StorageError) {
        // The dot lets the folder itself be a link that an administrator made.
        let descriptor = try Descriptor.open("\(path)/.", O_RDONLY | O_DIRECTORY)
        defer { Descriptor.close(descriptor) }
        try attempt("fsync directory") { fsync(descriptor) }
    }

    /// The path from the root, without links in it.
    static func absolute(_ path: String) throws(StorageError) -> String {
        guard let resolved = realpath(path, nil) else { throw StorageError("realpath", errno: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The names in a directory, without `.` and `..`; none when it does not exist.
    static func names(in path: String) throws(StorageError) -> [String] {
        guard let directory = opendir(path) else {
            if errno == ENOENT { return [] }
            throw StorageError("opendir", errno: errno)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a file, or a directory with everything in it; never follows a link.
    static func removeTree(_ path: String) throws(StorageError) {
        let status: FileStatus
        do {
            status = try FileStatus(path: path)
        } catch .notFound {
            return
        }
        guard status.isDirectory else { return try removeFile(path) }
        for name in try names(in: path) { try removeTree("\(path)/\(name)") }
        do {
            try attempt("rmdir") { rmdir(path) }
        } catch .notFound {}
    }

    /// Removes a file; what does not exist is removed already.
    static func removeFile(_ path: String) throws(StorageError) {
        do {
            try attempt("unlink") { unlink(path) }
        } catch .notFound {}
    }
}
