#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The steps that make a file durable before its name says that it is there.
enum DurableFile {
    enum Found { case present, publishedBefore }

    /// Writes out what the file at `path` still has in memory. When it is gone, somebody who was interrupted may have
    /// moved it to `target` already.
    static func settle(_ path: String, orPublishedAt target: String) throws(StorageError) -> Found {
        do {
            let descriptor = try Descriptor.open(path, O_RDWR)
            defer { Descriptor.close(descriptor) }
            // What decoders made has whatever mode their umask gave it.
            try attempt("fchmod") { fchmod(descriptor, 0o600) }
            try attempt("fsync") { fsync(descriptor) }
            return .present
        } catch .notFound {
            guard access(target, F_OK) == 0 else { throw .notFound }
            try Directories.sync(Directories.parent(of: target))
            return .publishedBefore
        }
    }

    /// For a file of another file system: copies it next to its target under the name `temporary`, which must lie in
    /// the target's file system, then publishes that and removes the original.
    static func copy(_ path: String, to target: String, by temporary: String) throws(StorageError) {
        defer { unlink(temporary) }
        let source = try Descriptor.open(path, O_RDONLY)
        defer { Descriptor.close(source) }
        let sink = try Descriptor.open(temporary, O_WRONLY | O_CREAT | O_EXCL)
        defer { Descriptor.close(sink) }
        let size = 1 << 20
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
        defer { buffer.deallocate() }
        while true {
            let count = try attempt("read") { read(source, buffer.baseAddress, size) }
            if count == 0 { break }
            var written = 0
            while written < count {
                written += try attempt("write") {
                    write(sink, buffer.baseAddress?.advanced(by: written), count - written)
                }
            }
        }
        try attempt("fsync") { fsync(sink) }
        try attempt("rename") { rename(temporary, target) }
        try Directories.sync(Directories.parent(of: target))
        try Directories.removeFile(path)
    }
}
