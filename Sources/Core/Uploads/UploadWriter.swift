import Integrations
import NIOCore

/// Brings a body into an upload's file: gathers small pieces, writes them, and has what is durable acknowledged every so
/// often, so that a crash in the middle of a large body loses little of it.
struct UploadWriter {
    /// Pieces are gathered until they are this large.
    static let pieceSize = 256 * 1024
    /// So many bytes may be lost by a crash before they are acknowledged.
    static let checkpoint: Int64 = 32 * 1024 * 1024

    let file: StagingFile
    /// More bytes than this are refused.
    let limit: Int64
    /// A body that ends early leaves nothing, and nothing of it is acknowledged before its end.
    let isAllOrNothing: Bool
    /// Stores a new durable offset.
    let acknowledge: @Sendable (_ from: Int64, _ to: Int64) async throws -> Void
    private(set) var acknowledged: Int64
    private var written: Int64
    private var gathered = ByteBuffer()

    init(
        file: StagingFile,
        at offset: Int64,
        limit: Int64,
        isAllOrNothing: Bool = false,
        acknowledge: @escaping @Sendable (_ from: Int64, _ to: Int64) async throws -> Void
    ) {
        self.file = file
        self.limit = limit
        self.isAllOrNothing = isAllOrNothing
        self.acknowledge = acknowledge
        acknowledged = offset
        written = offset
    }

    /// Takes in a whole body. Whatever ends it early, what came before is kept and acknowledged; of a body that is too
    /// long, what fits. All of it is dropped where it is all or nothing.
    /// - Throws: what the body throws; `Failure.uploadLongerThanAnnounced`; `Failure.diskFull`.
    mutating func receive<Body: AsyncSequence>(_ body: Body) async throws where Body.Element == ByteBuffer {
        do {
            for try await var piece in body {
                let room = limit - written - Int64(gathered.readableBytes)
                guard Int64(piece.readableBytes) <= room else {
                    if var fitting = piece.readSlice(length: Int(room)) { gathered.writeBuffer(&fitting) }
                    throw Failure.uploadLongerThanAnnounced
                }
                gathered.writeBuffer(&piece)
                if gathered.readableBytes >= Self.pieceSize { try await write() }
                if !isAllOrNothing, written - acknowledged >= Self.checkpoint { try await keep() }
            }
            try await write()
            try await keep()
        } catch {
            if isAllOrNothing { try await dropWhatCame() } else { try await keepWhatCame() }
            throw error as? StorageError == .full ? Failure.diskFull : error
        }
    }

    private mutating func write() async throws {
        guard gathered.readableBytes > 0 else { return }
        // Given away first: what a full disk leaves unwritten must not be written again below.
        let piece = gathered
        gathered = ByteBuffer()
        written = try await file.append(piece, at: written)
    }

    private mutating func keep() async throws {
        guard written > acknowledged else { return }
        try await file.sync()
        try await acknowledge(acknowledged, written)
        acknowledged = written
    }

    /// The hash of the file goes back with it to where it stood before this body.
    private func dropWhatCame() async throws {
        let (file, acknowledged) = (file, acknowledged)
        try await Uncancelled.run {
            if file.size > acknowledged { try await file.truncate(to: acknowledged) }
        }
    }

    /// The surrounding task may be cancelled, as its client is gone; its bytes are not to be lost with it.
    private mutating func keepWhatCame() async throws {
        let (file, gathered, acknowledge, acknowledged) = (file, gathered, acknowledge, acknowledged)
        self.acknowledged = try await Uncancelled.run {
            if gathered.readableBytes > 0 { _ = try? await file.append(gathered, at: file.size) }
            let size = file.size
            guard size > acknowledged else { return acknowledged }
            try await file.sync()
            try await acknowledge(acknowledged, size)
            return size
        }
    }
}
