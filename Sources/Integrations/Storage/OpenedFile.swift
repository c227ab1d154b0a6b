#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A stored file, open for reading. The descriptor is closed when the last reference goes, unless it was handed over.
package final class OpenedFile: Sendable {
    package let descriptor: Int32
    /// Bytes.
    package let size: Int64
    /// Milliseconds since 1970-01-01 UTC.
    package let modified: Int64
    private let handedOver = HandedOver()

    /// Takes over `descriptor`, also when this throws.
    init(descriptor: Int32) throws(StorageError) {
        var status = stat()
        do {
            try attempt("fstat") { fstat(descriptor, &status) }
        } catch {
            Descriptor.close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        size = Int64(status.st_size)
        modified = status.modifiedMilliseconds
    }

    deinit {
        if !handedOver.value { Descriptor.close(descriptor) }
    }

    /// Gives the descriptor away: from now on the caller closes it. The second caller gets nil.
    package func handOver() -> Int32? {
        handedOver.set() ? descriptor : nil
    }
}

extension stat {
    var modifiedMilliseconds: Int64 {
        #if canImport(Glibc)
            Int64(st_mtim.tv_sec) * 1000 + Int64(st_mtim.tv_nsec) / 1_000_000
        #else
            Int64(st_mtimespec.tv_sec) * 1000 + Int64(st_mtimespec.tv_nsec) / 1_000_000
        #endif
    }
}
