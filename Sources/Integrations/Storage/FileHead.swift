#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The beginning of a file.
enum FileHead {
    /// Up to `count` bytes; blocks.
    static func read(_ path: String, count: Int) throws(StorageError) -> [UInt8] {
        let descriptor = try Descriptor.open(path, O_RDONLY)
        defer { Descriptor.close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try attempt("pread") { pread(descriptor, &bytes, count, 0) }
        return Array(bytes.prefix(filled))
    }
}
