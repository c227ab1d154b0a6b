import Integrations
package import NIOCore
import Persistence

/// A file from a plain form, whose length is known at its end only and which nobody can resume.
extension Uploads {
    /// Takes in a whole file and makes it an item; whatever goes wrong, nothing is left of it.
    /// - Parameter atMost: a bound for the file's length when there is one, such as the request's length.
    /// - Returns: the item's public id.
    /// - Throws: as `create` and `append` do.
    package func storeWhole<Body: AsyncSequence>(
        filename: String,
        title: String? = nil,
        visibility: String? = nil,
        atMost: Int64? = nil,
        body: Body,
        in scope: Scope
    ) async throws -> String where Body.Element == ByteBuffer {
        try scope.require(.upload)
        let draft = try await UploadDraft(
            filename: filename,
            title: title,
            visibility: visibility,
            metadata: "",
            types: types.all()
        )
        try scope.checkMayShare(draft.visibility)
        let bound = min(atMost ?? .max, try await storage.freeSpace() ?? .max)
        let upload = try await insert(draft, in: scope) { quota throws(Failure) in
            // At least one byte must fit, or it is known already which limit is reached.
            try quota.check(1, of: draft.expected)
            return (length: nil, reserved: min(quota.room(for: draft.expected), bound))
        }
        do {
            return try await receiveWhole(upload, draft, body, in: scope)
        } catch {
            try await abandon(upload.id)
            throw error
        }
    }

    private func receiveWhole<Body: AsyncSequence>(
        _ upload: Upload,
        _ draft: UploadDraft,
        _ body: Body,
        in scope: Scope
    ) async throws -> String where Body.Element == ByteBuffer {
        guard holds.takeIfFree(upload.id) != nil else { throw Failure.uploadBusy }
        defer { holds.release(upload.id, keeping: nil) }
        let file = try await open(upload, idle: nil)
        defer { file.unlock() }
        var writer = UploadWriter(file: file, at: 0, limit: upload.reserved) { [self] old, new in
            try await advance(upload.id, from: old, to: new)
        }
        do {
            try await writer.receive(body)
        } catch let failure as Failure where failure == .uploadLongerThanAnnounced {
            throw try await tooLong(upload, draft)
        }
        return try await complete(upload, file: file, in: scope)
    }

    /// Which limit a file broke that went on and on.
    private func tooLong(_ upload: Upload, _ draft: UploadDraft) async throws -> Failure {
        if let free = try await storage.freeSpace(), free == 0 { return .diskFull }
        let now = effects.now()
        return try await database.read { db in
            let quota = try UploadQuota.load(of: upload.account, at: now, on: db)
            do throws(Failure) {
                // The upload itself is among what is held back.
                try quota.check(1, of: draft.expected)
                return .uploadOverLimit
            } catch {
                return error
            }
        }
    }

    /// An upload that was accepted goes on towards its item without its sender; anything less vanishes.
    private func abandon(_ id: ID<Upload>) async throws {
        try await Uncancelled.run { [self] in
            guard let upload = try? await load(id), upload.state == .receiving else { return }
            try await discard(upload)
        }
    }
}
