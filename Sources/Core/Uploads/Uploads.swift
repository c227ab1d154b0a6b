package import Integrations
package import Logging
package import NIOCore
package import Persistence

/// Files on their way in: announced, sent in as many pieces as it takes, checked, and made into items.
///
/// An offset is acknowledged once its bytes are durable, and every step can be repeated, so that the program may be
/// killed at any moment: what is left is an upload that goes on, or a finished item.
package struct Uploads: Sendable {
    /// An upload that nothing came for during this time expires.
    package static let lifetime = Duration.hours(72)

    let database: any Database
    let storage: any Storage
    let magic: Magic
    let types: MediaTypes
    let effects: Effects
    let logger: Logger
    let holds = UploadHolds()

    package init(
        database: any Database,
        storage: any Storage,
        magic: Magic,
        types: MediaTypes,
        effects: Effects,
        logger: Logger
    ) {
        self.database = database
        self.storage = storage
        self.magic = magic
        self.types = types
        self.effects = effects
        self.logger = logger
    }

    /// Announces an upload; whatever can be refused is refused now, before its first byte. One of no bytes is complete
    /// at once.
    /// - Throws: `Failure.notSignedIn`, `.forbidden`; `.uploadFilenameMissing`, `.uploadFilenameUnusable`,
    ///   `.uploadUnknownType`, `.invalid` for title or visibility; `.uploadOverLimit`, `.uploadOverStorage`,
    ///   `.uploadOverDailyLimit`; `.diskFull`.
    package func create(_ new: NewUpload, in scope: Scope) async throws -> Upload {
        try scope.require(.upload)
        let draft = try await UploadDraft(
            filename: new.filename,
            title: new.title,
            visibility: new.visibility,
            metadata: new.metadata,
            types: types.all()
        )
        try scope.checkMayShare(draft.visibility)
        guard new.length >= 0 else { throw Failure.uploadLengthUnusable }
        if let free = try await storage.freeSpace(), free < new.length { throw Failure.diskFull }
        let upload = try await insert(draft, in: scope) { quota throws(Failure) in
            try quota.check(new.length, of: draft.expected)
            return (length: new.length, reserved: new.length)
        }
        guard upload.length == 0 else { return upload }
        _ = try await append(to: upload.publicID, at: 0, body: EmptyBody(), in: scope)
        return try await find(upload.publicID, in: scope)
    }

    /// How far an upload is.
    /// - Throws: `Failure.notFound` for uploads of others; `Failure.uploadGone` for one that was ended or has expired.
    package func find(_ publicID: String, in scope: Scope) async throws -> Upload {
        let account = try scope.requireAccount()
        let found = try await database.read { db in
            try db.first(UploadQueries.find(publicID, of: account)).map(Upload.init)
        }
        guard let found else { throw Failure.notFound }
        switch found.state {
        case .receiving, .storing, .finished: return found
        case .terminated, .expired: throw Failure.uploadGone
        }
    }

    /// Takes in bytes at the end of what is there. Whatever interrupts the body, what came is kept, and of a body that is
    /// too long what fits. With the last byte the
    /// file is checked and becomes an item; a file that is not what its name says vanishes with its upload.
    /// - Parameter contentLength: how long the body says that it is, so that one that is too long is refused unread.
    /// - Throws: as `find` does; `Failure.uploadWrongOffset` and `.uploadBusy`, with nothing changed;
    ///   `.uploadLongerThanAnnounced`; `.uploadContentMismatch` and `.uploadEmpty`; `.diskFull`; what the body throws.
    package func append<Body: AsyncSequence>(
        to publicID: String,
        at offset: Int64,
        contentLength: Int64? = nil,
        body: Body,
        in scope: Scope
    ) async throws -> UploadProgress where Body.Element == ByteBuffer {
        try scope.require(.upload)
        let id = try await find(publicID, in: scope).id
        var file = try holds.take(id)
        defer { holds.release(id, keeping: file) }

        // Read again: until now somebody else may have been writing.
        let upload = try await load(id)
        guard offset == upload.offset else { throw Failure.uploadWrongOffset }
        switch upload.state {
        case .receiving: break
        case .storing: return try await progress(of: id, media: store(id, in: scope))
        case .finished: return try await progress(of: id, media: upload.mediaPublicID)
        case .terminated, .expired: throw Failure.uploadGone
        }
        guard let length = upload.length else { throw Failure.uploadWrongOffset }
        if let contentLength, contentLength > length - offset { throw Failure.uploadLongerThanAnnounced }

        let opened = try await open(upload, idle: file)
        file = opened
        defer { opened.unlock() }
        var writer = UploadWriter(file: opened, at: offset, limit: length) { old, new in
            try await advance(id, from: old, to: new)
        }
        do {
            try await writer.receive(body)
        } catch  where writer.acknowledged == length {
            // Everything came before it broke: who asks now is told so, and would wait for the item for ever.
            file = nil
            _ = try await Uncancelled.run { [self] in try await complete(upload, file: opened, in: scope) }
            throw error
        }
        guard writer.acknowledged == length else { return try await progress(of: id, media: nil) }
        file = nil
        return try await progress(of: id, media: complete(upload, file: opened, in: scope))
    }

    /// Ends an upload for good. An item that it has become stays.
    /// - Throws: as `find` does; `Failure.uploadBusy` in the moment in which it becomes an item.
    package func terminate(_ publicID: String, in scope: Scope) async throws {
        let upload = try await find(publicID, in: scope)
        let next = try upload.state.after(.terminated)
        let now = effects.now()
        let changed = try await database.write { db in
            try db.execute(UploadQueries.setState(upload.id, from: upload.state, to: next, at: now))
        }
        guard changed == 1 else { throw Failure.uploadBusy }
        holds.forget(upload.id)
        try await storage.staging.delete(StagingID(upload.publicID))
    }

    /// The largest file of that name which somebody may send now, in bytes; for forms that say so before one is chosen.
    package func room(for filename: String, in scope: Scope) async throws -> Int64 {
        let account = try scope.requireAccount()
        guard let expected = try await types.all().expected(for: filename) else { throw Failure.uploadUnknownType }
        let now = effects.now()
        return try await database.read { db in
            try UploadQuota.load(of: account, at: now, on: db).room(for: expected)
        }
    }

    /// Checks an upload against the account's limits and enters it, both in one transaction.
    func insert(
        _ draft: UploadDraft,
        in scope: Scope,
        size: @escaping @Sendable (UploadQuota) throws(Failure) -> (length: Int64?, reserved: Int64)
    ) async throws -> Upload {
        let account = try scope.requireAccount()
        let publicID = effects.publicID()
        let now = effects.now()
        return try await database.write { db in
            let (length, reserved) = try size(UploadQuota.load(of: account, at: now, on: db))
            let row = UploadRow(publicID: publicID, account: account, length: length, reserved: reserved)
            try db.execute(UploadQueries.insert(draft, row, in: scope, at: now))
            guard let inserted = try db.first(UploadQueries.find(publicID, of: account)) else { throw Failure.notFound }
            return try Upload(inserted)
        }
    }

    func load(_ id: ID<Upload>) async throws -> Upload {
        let row = try await database.read { db in try db.first(UploadQueries.byID(id)) }
        guard let row else { throw Failure.notFound }
        return try Upload(row)
    }

    /// Stores a durable offset; nothing happens when somebody ended the upload or was faster.
    func advance(_ id: ID<Upload>, from old: Int64, to new: Int64) async throws {
        let now = effects.now()
        let changed = try await database.write(.locking) { db in
            try db.execute(UploadQueries.advance(id, from: old, to: new, at: now))
        }
        guard changed == 1 else { throw Failure.uploadGone }
    }

    /// The file of an upload, exactly as long as the row says. Bytes beyond that were never acknowledged.
    func open(_ upload: Upload, idle: StagingFile?) async throws -> StagingFile {
        if let idle, idle.size == upload.offset, idle.tryLock() { return idle }
        let file = try await openOrCreate(upload)
        guard file.tryLock() else { throw Failure.uploadBusy }
        guard file.size >= upload.offset else {
            // The disk forgot bytes that it had called durable. What is left is where the client goes on.
            logger.error("An upload's file is shorter than it was.", metadata: ["upload": "\(upload.id)"])
            try await advance(upload.id, from: upload.offset, to: file.size)
            throw Failure.uploadWrongOffset
        }
        try await file.truncate(to: upload.offset)
        return file
    }

    private func openOrCreate(_ upload: Upload) async throws -> StagingFile {
        let id = try StagingID(upload.publicID)
        do {
            return try await storage.staging.open(id)
        } catch StorageError.notFound {
            return try await storage.staging.create(id)
        }
    }

    private func progress(of id: ID<Upload>, media: String?) async throws -> UploadProgress {
        let upload = try await load(id)
        return UploadProgress(offset: upload.offset, mediaPublicID: media, expiresAt: upload.expiresAt)
    }
}

/// A body that has ended already.
private struct EmptyBody: AsyncSequence {
    struct AsyncIterator: AsyncIteratorProtocol {
        mutating func next() async -> ByteBuffer? { nil }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }
}
