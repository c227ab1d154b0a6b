import Crypto

/// SHA-256 of a file while it grows. It knows how far it has read, and remembers where the file was last made durable,
/// so that a chunk which turns out bad can be taken back without reading the rest again.
struct RunningHash: Sendable {
    private(set) var position: Int64 = 0
    private var hash = SHA256()
    private var marked: (position: Int64, hash: SHA256) = (0, SHA256())

    /// Takes in bytes that lie at `offset`; only when it has read everything before them.
    mutating func update(_ bytes: UnsafeRawBufferPointer, at offset: Int64) {
        guard offset == position else { return }
        hash.update(bufferPointer: bytes)
        position += Int64(bytes.count)
    }

    mutating func mark() {
        marked = (position, hash)
    }

    /// The file was cut to `size`: back to the mark if that is not beyond it, else to the start.
    mutating func cut(to size: Int64) {
        guard position > size else { return }
        if marked.position > size { marked = (0, SHA256()) }
        (position, hash) = marked
    }

    /// 32 bytes over everything that was read.
    func digest() -> [UInt8] { Array(hash.finalize()) }
}
