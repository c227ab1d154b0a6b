import Integrations
import Logging
import Persistence

/// From the last byte to the item: look at the content, decide on a place, move the file there, make the rows. Each step
/// leaves a state from which the next one can be taken again.
extension Uploads {
    /// Of an upload whose bytes are all durable. Answers the item's public id.
    /// - Throws: `Failure.uploadContentMismatch` and `.uploadEmpty`, after which nothing is left of the upload.
    func complete(_ upload: Upload, file: StagingFile, in scope: Scope) async throws -> String {
        let size = file.size
        let found: UploadContent
        do {
            found = try await inspect(file, of: upload)
        } catch let refusal as Failure {
            try await discard(upload)
            throw refusal
        }
        let now = effects.now()
        let changed = try await database.write { db in
            try db.execute(UploadQueries.accept(upload.id, found, length: size, at: now))
        }
        guard changed == 1 else { throw Failure.uploadGone }
        return try await store(upload.id, in: scope)
    }

    /// Moves an accepted file to its place and makes the item; whichever of it is done already is not done again.
    func store(_ id: ID<Upload>, in scope: Scope) async throws -> String {
        let upload = try await load(id)
        guard let key = upload.storageKey, let contentType = upload.contentType, let sha256 = upload.sha256 else {
            throw Failure.uploadIncomplete
        }
        if upload.state == .storing {
            do {
                let path = storage.staging.path(of: try StagingID(upload.publicID))
                try await storage.publish(path, as: StorageKey(key))
            } catch StorageError.full {
                throw Failure.diskFull
            }
        }
        let media = NewMedia(
            publicID: effects.publicID(),
            tenant: upload.tenant,
            owner: upload.account,
            kind: upload.kind,
            title: upload.title,
            visibility: upload.visibility,
            filename: upload.filename,
            contentType: contentType,
            size: upload.offset,
            sha256: sha256,
            storageKey: key
        )
        let now = effects.now()
        return try await database.write { db in
            // Only a state read in this transaction says whether the item is there.
            guard let current = try db.first(UploadQueries.byID(id)).map(Upload.init) else { throw Failure.uploadGone }
            if let made = current.mediaPublicID { return made }
            guard try current.state.after(.stored) == .finished, current.state == .storing else {
                throw Failure.uploadGone
            }
            let made = try media.insert(on: db, in: scope, at: now)
            try db.execute(UploadQueries.finish(id, as: made, at: now))
            return media.publicID
        }
    }

    /// Removes an upload that must leave no trace. The row goes last, so that a crash in between leaves something to
    /// find the file by.
    func discard(_ upload: Upload) async throws {
        try await Uncancelled.run { [self] in
            try await storage.staging.delete(StagingID(upload.publicID))
            _ = try await database.write { db in try db.execute(UploadQueries.delete(upload.id)) }
        }
    }

    private func inspect(_ file: StagingFile, of upload: Upload) async throws -> UploadContent {
        guard let expected = try await types.all().expected(for: upload.filename) else {
            throw Failure.uploadUnknownType
        }
        let head = try await file.read(at: 0, count: Magic.prefix)
        let sniffed = try await magic.mimeType(of: head)
        guard expected.format.accepts(sniffed) else {
            logger.notice(
                "A file is not what its name says.",
                metadata: ["extension": "\(expected.format.fileExtension)", "found": "\(sniffed)"]
            )
            throw file.size == 0 ? Failure.uploadEmpty : Failure.uploadContentMismatch
        }
        let key = try StorageKey(
            mediaType: expected.kind.rawValue,
            owner: upload.account.value,
            random: effects.randomBytes(16)
        )
        return UploadContent(
            contentType: expected.format.contentType,
            sha256: try await file.sha256().hexadecimal,
            storageKey: key.text
        )
    }
}

extension [UInt8] {
    /// Lower case, two digits a byte.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
