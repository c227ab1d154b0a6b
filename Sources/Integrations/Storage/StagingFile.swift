import CFiles
package import NIOCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that grows at its end. The descriptor stays open between appends and is closed with the last reference or by
/// `close()`. Appended bytes are durable once `sync()` has returned, not before.
///
/// SHA-256 is computed as bytes come in; a file that was opened again is read once, when the digest is asked for.
package final class StagingFile: Sendable {
    /// Where the file lies, to be published.
    package let path: String
    private let state: Mutex<State>
    private let pool: BlockingPool
    /// Bytes of the file system that appending leaves free.
    private let reserve: Int64

    private struct State {
        var descriptor: Int32?
        var size: Int64
        var hash = RunningHash()

        func opened() throws(StorageError) -> Int32 {
            guard let descriptor else { throw .closed }
            return descriptor
        }
    }

    /// Takes over `descriptor`.
    init(descriptor: Int32, size: Int64, path: String, pool: BlockingPool, reserve: Int64) {
        self.path = path
        self.pool = pool
        self.reserve = reserve
        state = Mutex(State(descriptor: descriptor, size: size))
    }

    deinit {
        state.withLock { state in Self.close(&state) }
    }

    /// Bytes in the file now, durable or not.
    package var size: Int64 { state.withLock { $0.size } }

    /// Writes `bytes` at the end, which must be at `offset`. When the disk becomes full in the middle, or only its reserve
    /// is left, what fitted is kept and `size` says how much that is.
    /// - Returns: the new size.
    /// - Throws: `StorageError.full`, `.wrongOffset`, `.closed`, `.failed`.
    @discardableResult
    package func append(_ bytes: ByteBuffer, at offset: Int64) async throws -> Int64 {
        try await pool.run { [self] in
            try bytes.withUnsafeReadableBytes { try write($0, at: offset) }
        }
    }

    /// The same for an array.
    @discardableResult
    package func append(_ bytes: [UInt8], at offset: Int64) async throws -> Int64 {
        try await pool.run { [self] in
            try bytes.withUnsafeBytes { try write($0, at: offset) }
        }
    }

    /// Makes everything appended so far durable (`fdatasync`); an offset may be acknowledged after this.
    /// - Returns: the size that is durable.
    @discardableResult
    package func sync() async throws -> Int64 {
        try await pool.run { [self] in
            try state.withLock { state in
                let descriptor = try state.opened()
                try attempt("fdatasync") { fdatasync(descriptor) }
                state.hash.mark()
                return state.size
            }
        }
    }

    /// Cuts the file to `size` bytes: takes back a chunk that was appended. Durable after the next `sync()`.
    /// - Throws: `StorageError.wrongOffset` when the file is shorter.
    package func truncate(to size: Int64) async throws {
        try await pool.run { [self] in
            try state.withLock { state in
                let descriptor = try state.opened()
                guard (0...state.size).contains(size) else { throw StorageError.wrongOffset(size: state.size) }
                try attempt("ftruncate") { ftruncate(descriptor, off_t(size)) }
                state.size = size
                state.hash.cut(to: size)
            }
        }
    }

    /// Up to `count` bytes from `offset`; fewer only at the end of the file.
    package func read(at offset: Int64, count: Int) async throws -> [UInt8] {
        try await pool.run { [self] in
            try state.withLock { state in
                let descriptor = try state.opened()
                let length = max(0, min(Int64(count), state.size - offset))
                return try [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, filled in
                    filled = try Self.fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor, at: offset)
                }
            }
        }
    }

    /// SHA-256 (32 bytes) of the whole file as it is now.
    package func sha256() async throws -> [UInt8] {
        try await pool.run { [self] in
            try state.withLock { state in
                let descriptor = try state.opened()
                let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
                defer { buffer.deallocate() }
                while state.hash.position < state.size {
                    let count = try Self.fill(buffer, from: descriptor, at: state.hash.position)
                    guard count > 0 else { throw StorageError.wrongOffset(size: state.hash.position) }
                    state.hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: state.hash.position)
                }
                return state.hash.digest()
            }
        }
    }

    /// Claims the file among all processes that have it open; the claim ends with `unlock()`, or with the process.
    /// - Returns: false when another one has it.
    package func tryLock() -> Bool {
        state.withLock { state in
            guard let descriptor = state.descriptor else { return false }
            return flock(descriptor, LOCK_EX | LOCK_NB) == 0
        }
    }

    package func unlock() {
        state.withLock { state in
            if let descriptor = state.descriptor { flock(descriptor, LOCK_UN) }
        }
    }

    /// Lets go of the descriptor now.
    package func close() async throws {
        try await pool.run { [self] in
            state.withLock { state in Self.close(&state) }
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(StorageError) -> Int64 {
        try state.withLock { state throws(StorageError) in
            let descriptor = try state.opened()
            guard offset == state.size else { throw .wrongOffset(size: state.size) }
            var rest = bytes
            while let start = rest.baseAddress, !rest.isEmpty {
                let length = try room(for: rest.count, on: descriptor)
                let count = try attempt("pwrite") { pwrite(descriptor, start, length, off_t(state.size)) }
                state.hash.update(UnsafeRawBufferPointer(rebasing: rest[..<count]), at: state.size)
                state.size += Int64(count)
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return state.size
        }
    }

    /// How many of `count` bytes can be written without a touch of the reserve.
    private func room(for count: Int, on descriptor: Int32) throws(StorageError) -> Int {
        guard reserve > 0 else { return count }
        let free = try attempt("fstatvfs") { file_system_space_of(descriptor) }
        guard free > reserve else { throw .full }
        return Int(min(Int64(count), free - reserve))
    }

    private static func fill(
        _ buffer: UnsafeMutableRawBufferPointer,
        from descriptor: Int32,
        at offset: Int64
    ) throws(StorageError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = try attempt("pread") {
                let place = off_t(offset) + off_t(filled)
                return pread(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, place)
            }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    private static func close(_ state: inout State) {
        guard let descriptor = state.descriptor else { return }
        state.descriptor = nil
        Descriptor.close(descriptor)
    }
}
