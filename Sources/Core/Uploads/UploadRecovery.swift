import Integrations
import Logging
import Persistence

/// Puts right what a crash has left behind, and ends what nobody goes on with.
extension Uploads {
    private static let batch = 200
    /// Rows of ended uploads stay a while: their URLs answer, and the daily limit counts them.
    private static let remembered = Duration.days(7)

    /// To be called when the program starts: makes the items whose files had come whole, brings offsets and files into
    /// agreement, and removes files that belong to nothing. What another process is writing to is left alone.
    package func recover() async throws {
        try await each(in: .storing) { upload in
            _ = try await store(upload.id, in: upload.itsOwnScope)
        }
        try await each(in: .receiving) { upload in try await reconcile(upload) }
        try await removeStrayFiles()
    }

    /// Ends uploads that nothing came for, and forgets those that ended long ago.
    package func sweep() async throws {
        let now = effects.now()
        for state in [UploadState.receiving, .storing] {
            let overdue = try await database.read { db in
                try db.all(UploadQueries.overdue(state, at: now, limit: Self.batch), as: Upload.init)
            }
            for upload in overdue { try await expire(upload, at: now) }
        }
        _ = try await database.write { db in
            try db.execute(UploadQueries.sweep(before: now - Self.remembered))
        }
        try await removeStrayFiles()
    }

    private func each(in state: UploadState, _ body: (Upload) async throws -> Void) async throws {
        var last = ID<Upload>(0)
        while true {
            let after = last
            let uploads = try await database.read { db in
                try db.all(UploadQueries.inState(state, after: after, limit: Self.batch), as: Upload.init)
            }
            for upload in uploads {
                last = upload.id
                do {
                    try await body(upload)
                } catch is CancellationError {
                    throw CancellationError()
                } catch let failure as Failure where failure == .uploadBusy {
                    continue
                } catch {
                    // One that cannot be mended now must not keep the others from it; it is tried again at the next start.
                    logger.warning(
                        "An upload could not be recovered.",
                        metadata: ["upload": "\(upload.id)", "error": "\(error)"]
                    )
                }
            }
            if uploads.count < Self.batch { return }
        }
    }

    private func reconcile(_ upload: Upload) async throws {
        guard holds.takeIfFree(upload.id) != nil else { return }
        defer { holds.release(upload.id, keeping: nil) }
        let file = try await open(upload, idle: nil)
        defer { file.unlock() }
        guard upload.length != nil || upload.isDeferred else { return try await discard(upload) }
        guard upload.isComplete else { return }
        do {
            _ = try await complete(upload, file: file, in: upload.itsOwnScope)
        } catch let refusal as Failure where refusal.kind == .unsupportedType || refusal.kind == .invalid {
            logger.notice("A recovered upload was refused.", metadata: ["reason": "\(refusal.code)"])
        }
    }

    private func expire(_ upload: Upload, at now: Timestamp) async throws {
        if upload.state == .storing {
            // Its bytes are all here; it only could not become an item until now.
            _ = try await store(upload.id, in: upload.itsOwnScope)
            return
        }
        let next = try upload.state.after(.expired)
        _ = try await database.write { db in
            try db.execute(UploadQueries.setState(upload.id, from: upload.state, to: next, at: now))
        }
        holds.forget(upload.id)
        try await storage.staging.delete(StagingID(upload.publicID))
    }

    /// Files without a row, or whose row has ended. Young ones may belong to a row that another process is about to end.
    private func removeStrayFiles() async throws {
        let idle = try await storage.staging.idle(
            for: Duration.hours(1).inMilliseconds,
            now: effects.now().milliseconds
        )
        for ids in idle.chunks(of: Self.batch) {
            let known = try await database.read { db in
                try db.all(UploadQueries.exist(ids.map(\.text))) { try $0["public_id"] as String }
            }
            for id in ids where !known.contains(id.text) { try await storage.staging.delete(id) }
        }
    }
}

extension Upload {
    /// The program finishes what an account has begun.
    fileprivate var itsOwnScope: Scope { Scope(actor: .account(account), tenant: tenant, permissions: []) }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}

/// Ends stale uploads, every ten minutes.
package struct UploadSweep: JobHandler {
    package let kind: JobKind = "uploads.sweep"
    package let every: Duration? = .minutes(10)
    private let uploads: Uploads

    package init(uploads: Uploads) {
        self.uploads = uploads
    }

    package func run(_ job: RunningJob) async throws {
        try await uploads.sweep()
        try await job.complete()
    }
}
