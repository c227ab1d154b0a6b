import NIOCore

/// The bytes of one request for an upload, no more than it has left: those that fit are given, then the error is thrown.
/// With a checksum the body ends in an error too when its bytes are not those that were sent.
struct UploadBody: AsyncSequence, Sendable {
    let reader: BodyReader
    let left: Int64
    var checksum: UploadChecksum?

    struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let reader: BodyReader
        var left: Int64
        var checksum: RunningChecksum?

        mutating func next() async throws -> ByteBuffer? {
            guard var piece = try await reader.next() else {
                guard checksum?.matches ?? true else { throw RequestProblem.uploadChecksumMismatch }
                return nil
            }
            if Int64(piece.readableBytes) <= left {
                left -= Int64(piece.readableBytes)
                checksum?.update(piece)
                return piece
            }
            guard left > 0, let fitting = piece.readSlice(length: Int(left)) else { throw RequestProblem.uploadOverrun }
            reader.unread(piece)
            left = 0
            return fitting
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: reader, left: left, checksum: checksum.map(RunningChecksum.init))
    }
}
