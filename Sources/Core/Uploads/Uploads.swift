package import Integrations
package import Logging
import NIOCore
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
    let holds: UploadHolds

    /// - Parameter patience: a sender that is silent for so long gives way to another connection.
    package init(
        database: any Database,
        storage: any Storage,
        magic: Magic,
        types: MediaTypes,
        effects: Effects,
        logger: Logger,
        patience: Duration = .seconds(1)
    ) {
        self.database = database
        self.storage = storage
        self.magic = magic
        self.types = types
        self.effects = effects
        self.logger = logger
        holds = UploadHolds(patience: patience)
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
        // Of a length that is told later, at least one byte must fit.
        let known = new.length ?? 1
        guard known >= 0 else { throw Failure.uploadLengthUnusable }
        if let free = try await storage.freeSpace(), free < known { throw Failure.diskFull }
        let upload = try await insert(draft, in: scope, isDeferred: new.length == nil) { quota throws(Failure) in
            try quota.check(known, of: draft.expected)
            return (length: new.length, reserved: new.length ?? 0)
        }
        guard upload.length == 0 else { return upload }
        _ = try await append(UploadChunk(offset: 0), to: upload.publicID, body: EmptyBody(), in: scope)
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
        case .receiving where found.expiresAt < effects.now(): throw Failure.uploadGone
        case .receiving, .storing, .finished: return found
        case .terminated, .expired: throw Failure.uploadGone
        }
    }

    /// As `find`, for somebody who means to go on: a sender that fell silent is stopped first, and what came of it is kept.
    package func findToResume(_ publicID: String, in scope: Scope) async throws -> Upload {
        let upload = try await find(publicID, in: scope)
        try await holds.settle(upload.id)
        return try await find(publicID, in: scope)
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
        isDeferred: Bool = false,
        size: @escaping @Sendable (UploadQuota) throws(Failure) -> (length: Int64?, reserved: Int64)
    ) async throws -> Upload {
        let account = try scope.requireAccount()
        let publicID = effects.publicID()
        let now = effects.now()
        return try await database.write { db in
            let (length, reserved) = try size(UploadQuota.load(of: account, at: now, on: db))
            let row = UploadRow(
                publicID: publicID,
                account: account,
                length: length,
                isDeferred: isDeferred,
                reserved: reserved
            )
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
}

/// A body that has ended already.
private struct EmptyBody: AsyncSequence, Sendable {
    struct AsyncIterator: AsyncIteratorProtocol {
        mutating func next() async -> ByteBuffer? { nil }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }
}
