import CZlib
import NIOCore

/// A stream of bytes being compressed in the gzip format (RFC 1952). Used by one task at a time.
final class Gzip {
    struct Failure: Error {
        let code: CInt
    }

    // On the heap and never moved: zlib keeps a pointer back to it.
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Parameter level: 1 is fast, 9 is small.
    init(level: CInt) throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, 16 for the format of gzip.
        let code = deflateInit2_(
            stream,
            level,
            Z_DEFLATED,
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size)
        )
        guard code == Z_OK else {
            stream.deinitialize(count: 1)
            stream.deallocate()
            throw Failure(code: code)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Takes `bytes` in and returns what is ready to be sent: with `flushing`, all that the client needs to see them.
    func compress(_ bytes: ByteBuffer, flushing: Bool) throws -> ByteBuffer {
        try run(bytes, flushing ? Z_SYNC_FLUSH : Z_NO_FLUSH)
    }

    /// The end of the stream, after the last bytes.
    func finish(_ bytes: ByteBuffer = ByteBuffer()) throws -> ByteBuffer { try run(bytes, Z_FINISH) }

    /// All of `bytes` at once.
    static func compress(_ bytes: ByteBuffer, level: CInt) throws -> ByteBuffer {
        try Gzip(level: level).finish(bytes)
    }

    private func run(_ bytes: ByteBuffer, _ mode: CInt) throws -> ByteBuffer {
        var input = bytes
        return try input.readWithUnsafeMutableReadableBytes { source in
            stream.pointee.next_in = source.bindMemory(to: UInt8.self).baseAddress
            stream.pointee.avail_in = uInt(source.count)
            // Room that is enough in nearly all cases, so that the loop runs once.
            let room = mode == Z_FINISH ? Int(deflateBound(stream, uLong(source.count))) : source.count / 2 + 512
            var output = ByteBufferAllocator().buffer(capacity: room)
            var hasMore = true
            while hasMore {
                var code = Z_OK
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: 512) { space in
                    stream.pointee.next_out = space.bindMemory(to: UInt8.self).baseAddress
                    stream.pointee.avail_out = uInt(space.count)
                    code = deflate(stream, mode)
                    hasMore = stream.pointee.avail_out == 0
                    return space.count - Int(stream.pointee.avail_out)
                }
                guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw Failure(code: code) }
                if code == Z_STREAM_END { hasMore = false }
            }
            return (source.count, output)
        }
    }
}
