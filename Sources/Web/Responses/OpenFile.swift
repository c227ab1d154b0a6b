import CFiles
import NIOCore
import NIOPosix
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A regular file opened for reading. The descriptor is closed when the last reference goes, on whatever path that is.
package final class OpenFile: Sendable {
    /// Bytes, when it was opened.
    package let size: Int
    /// When its bytes last changed.
    package let modified: HTTPDate
    let handle: NIOFileHandle
    let descriptor: CInt

    /// Opens a file that the caller has found fit to be served. Takes microseconds while the directory is cached.
    ///
    /// - Throws: `Errno`; `.isDirectory` or `.noSuchFileOrDirectory` too for what is not a regular file.
    package convenience init(path: String) throws {
        // O_NONBLOCK: opening a named pipe would otherwise wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        try self.init(takingOwnershipOf: descriptor)
    }

    /// - Parameter descriptor: is closed in any case, also when this throws.
    package init(takingOwnershipOf descriptor: CInt) throws {
        var status = file_status()
        guard file_status_get(descriptor, &status) else {
            let error = Errno(rawValue: errno)
            close(descriptor)
            throw error
        }
        guard status.is_regular else {
            close(descriptor)
            throw status.is_directory ? Errno.isDirectory : Errno.noSuchFileOrDirectory
        }
        size = Int(status.size)
        modified = HTTPDate(secondsSince1970: Int(status.modified))
        self.descriptor = descriptor
        handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: descriptor)
    }

    deinit {
        // It fails only when the kernel reports a late I/O error, which means nothing to a reader.
        try? handle.close()
    }

    /// The file became shorter while it was being sent.
    package struct Truncated: Error {}

    /// Whether the file still reaches so far. `sendfile` past the end would wait for ever.
    func reaches(_ end: Int) -> Bool {
        var status = file_status()
        return file_status_get(descriptor, &status) && status.size >= end
    }
}

// Reading without holding up an event loop: what the page cache holds is taken at once, the rest on a thread pool.
extension OpenFile {
    /// The bytes of `range`, however they are to be had.
    func read(_ range: Range<Int>) async throws -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: range.count)
        if readCached(range, into: &buffer) { return buffer }
        let start = range.lowerBound + buffer.readableBytes
        let rest = try await NIOThreadPool.singleton.runIfActive { try self.readBlocking(start..<range.upperBound) }
        buffer.writeImmutableBuffer(rest)
        return buffer
    }

    /// Sees to it that `sendfile` of `range` will not wait for the disk; returns whether it would have.
    @discardableResult
    func warm(_ range: Range<Int>) async throws -> Bool {
        guard !isProbablyCached(range) else { return false }
        try await NIOThreadPool.singleton.runIfActive {
            var next = range.lowerBound
            while next < range.upperBound {
                let step = min(range.upperBound, next + 256 * 1024)
                _ = try self.readBlocking(next..<step)
                next = step
            }
        }
        return true
    }

    private func readBlocking(_ range: Range<Int>) throws -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: range.count)
        while buffer.readableBytes < range.count {
            let offset = range.lowerBound + buffer.readableBytes
            let count = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: range.upperBound - offset) {
                space in
                let count = pread(descriptor, space.baseAddress, range.upperBound - offset, off_t(offset))
                if count >= 0 { return count }
                guard errno == EINTR else { throw Errno(rawValue: errno) }
                return 0
            }
            if count == 0, !reaches(range.upperBound) { throw Truncated() }
        }
        return buffer
    }
}

extension OpenFile {
    /// Appends what of `range` is in the page cache, from its start on; true when that was all.
    private func readCached(_ range: Range<Int>, into buffer: inout ByteBuffer) -> Bool {
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: range.count) { space in
            max(0, file_read_cached(descriptor, space.baseAddress, range.count, off_t(range.lowerBound)))
        }
        return buffer.readableBytes == range.count
    }

    /// Looks at a few bytes only: enough to keep long waits off the event loop at a cost of a microsecond or two.
    private func isProbablyCached(_ range: Range<Int>) -> Bool {
        var byte: UInt8 = 0
        var offset = range.lowerBound
        while file_read_cached(descriptor, &byte, 1, off_t(offset)) == 1 {
            guard offset < range.upperBound - 1 else { return true }
            offset = min(offset + 256 * 1024, range.upperBound - 1)
        }
        return false
    }
}
