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
        let status: FileStatus
        do {
            status = try FileStatus(descriptor: descriptor)
        } catch {
            Descriptor.close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        size = status.size
        modified = status.modified
    }

    deinit {
        if !handedOver.value { Descriptor.close(descriptor) }
    }

    /// Gives the descriptor away: from now on the caller closes it. The second caller gets nil.
    package func handOver() -> Int32? {
        handedOver.set() ? descriptor : nil
    }
}
