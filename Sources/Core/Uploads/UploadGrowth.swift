import Integrations
import Persistence

/// Uploads that began without a length. Room is held back for each piece before its bytes come, so that an upload of
/// unknown length obeys the same limits as every other.
extension Uploads {
    /// Settles how far an upload may grow with this chunk. The caller holds the upload.
    /// - Returns: the upload, with its length if it is known by now.
    /// - Throws: `Failure.uploadLengthSettled`, `.uploadLengthUnusable`; the limits', as `create` does.
    func settle(_ upload: Upload, for chunk: UploadChunk) async throws -> Upload {
        if let length = upload.length {
            guard chunk.uploadLength ?? length == length else { throw Failure.uploadLengthSettled }
            return upload
        }
        // A form's file has one sender, which is not this one.
        guard upload.isDeferred else { throw Failure.uploadWrongOffset }
        guard let expected = try await types.all().expected(for: upload.filename) else {
            throw Failure.uploadUnknownType
        }
        let free = try await storage.freeSpace() ?? .max
        let now = effects.now()
        let row = try await database.write { db in
            // What it holds back itself is not in its own way.
            try db.execute(UploadQueries.reserve(0, for: upload.id, length: nil, at: now))
            let quota = try UploadQuota.load(of: upload.account, at: now, on: db)
            let bytes = try upload.growth(by: chunk, free: free, room: quota.room(for: expected))
            try quota.check(bytes, of: expected)
            try db.execute(UploadQueries.reserve(bytes, for: upload.id, length: chunk.uploadLength, at: now))
            return try db.first(UploadQueries.byID(upload.id))
        }
        guard let row else { throw Failure.uploadGone }
        return try Upload(row)
    }
}

extension Upload {
    /// How many bytes an upload without a length needs for a chunk, those that are here included.
    fileprivate func growth(by chunk: UploadChunk, free: Int64, room: Int64) throws(Failure) -> Int64 {
        if let length = chunk.uploadLength {
            guard length >= offset else { throw .uploadLengthUnusable }
            guard chunk.contentLength ?? 0 <= length - offset else { throw .uploadLongerThanAnnounced }
            guard length - offset <= free else { throw .diskFull }
            return length
        }
        guard let contentLength = chunk.contentLength else {
            guard free > 0 else { throw .diskFull }
            // At least one byte must fit, or it is known already which limit is reached.
            return max(offset + 1, min(room, offset + min(free, Int64.max - offset)))
        }
        guard contentLength <= free else { throw .diskFull }
        guard contentLength <= Int64.max - offset else { throw .uploadOverLimit }
        return offset + contentLength
    }
}
