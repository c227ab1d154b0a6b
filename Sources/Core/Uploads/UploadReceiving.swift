import Integrations
package import NIOCore
import Persistence

/// Bytes on their way into an upload.
extension Uploads {
    /// Takes in bytes at the end of what is there. Whatever interrupts the body, what came is kept, and of a body that is
    /// too long what fits, unless the chunk is all or nothing. With the last byte the file is checked and becomes an item;
    /// a file that is not what its name says vanishes with its upload.
    /// - Throws: as `find` does; `Failure.uploadWrongOffset` and `.uploadBusy`, with nothing changed; `.uploadOvertaken`
    ///   when the body stalled and somebody else went on; `.uploadLongerThanAnnounced`; `.uploadLengthSettled`;
    ///   `.uploadContentMismatch` and `.uploadEmpty`; `.diskFull`; what the body throws.
    package func append<Body: AsyncSequence & Sendable>(
        _ chunk: UploadChunk,
        to publicID: String,
        body: Body,
        in scope: Scope
    ) async throws -> UploadProgress where Body.Element == ByteBuffer {
        try scope.require(.upload)
        let id = try await find(publicID, in: scope).id
        let (hold, idle) = try await holds.take(id)
        var file = idle
        defer { holds.release(id, keeping: file) }

        // Read again: until now somebody else may have been writing.
        let found = try await load(id)
        guard chunk.offset == found.offset else { throw Failure.uploadWrongOffset }
        switch found.state {
        case .receiving: break
        case .storing: return try await progress(of: id, media: store(id, in: scope))
        case .finished: return try await progress(of: id, media: found.mediaPublicID)
        case .terminated, .expired: throw Failure.uploadGone
        }
        let upload = try await settle(found, for: chunk)
        if let length = chunk.contentLength, length > upload.limit - chunk.offset {
            throw Failure.uploadLongerThanAnnounced
        }

        let opened = try await open(upload, idle: file)
        file = opened
        defer { opened.unlock() }
        let received = await receive(chunk, HeldBody(body: body, hold: hold), of: upload, into: opened)
        var media: String?
        if received.end == upload.length {
            // Even when it broke behind its last byte: who asks now is told so, and would wait for the item for ever.
            file = nil
            media = try await Uncancelled.run { [self] in try await complete(upload, file: opened, in: scope) }
        }
        if let error = received.error { throw hold.isStopped && !(error is Failure) ? Failure.uploadOvertaken : error }
        return try await progress(of: id, media: media)
    }

    private func receive<Body: AsyncSequence & Sendable>(
        _ chunk: UploadChunk,
        _ body: HeldBody<Body>,
        of upload: Upload,
        into file: StagingFile
    ) async -> Received where Body.Element == ByteBuffer {
        let received = await body.hold.whileHeld { [self] () async -> Received in
            var writer = UploadWriter(
                file: file,
                at: chunk.offset,
                limit: upload.limit,
                isAllOrNothing: chunk.isAllOrNothing
            ) { [self] old, new in
                try await advance(upload.id, from: old, to: new)
            }
            do {
                try await writer.receive(body)
                return Received(end: writer.acknowledged, error: nil)
            } catch {
                return Received(end: writer.acknowledged, error: error)
            }
        }
        return received ?? Received(end: chunk.offset, error: CancellationError())
    }

    private func progress(of id: ID<Upload>, media: String?) async throws -> UploadProgress {
        let upload = try await load(id)
        return UploadProgress(offset: upload.offset, mediaPublicID: media, expiresAt: upload.expiresAt)
    }
}

/// How far a body brought an upload, and the error that ended it.
private struct Received: Sendable {
    let end: Int64
    let error: (any Error)?
}

extension Upload {
    /// More bytes than this do not belong to it.
    fileprivate var limit: Int64 { length ?? reserved }
}
