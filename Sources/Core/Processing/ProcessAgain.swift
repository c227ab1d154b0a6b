import Persistence

extension MediaItems {
    /// Has an item's previews made once more. Nothing happens while they are being made.
    /// - Throws: `Failure.notFound`; `Failure.forbidden` or `.notSignedIn` for an item that one may see but not change.
    package func processAgain(_ publicID: String, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            let media = try Self.managed(publicID, in: scope, on: db)
            guard media.status != .processing else { return }
            let request = Processing.request(for: media.id, tenant: media.tenant, owner: media.owner)
            let job = try Jobs.enqueue(request, on: db, at: now)
            try db.execute(MediaQueries.processAgain(media.id, job: job, at: now))
            try Audit.record(AuditEvent("media.processed_again", .media(media.id)), in: scope, at: now, on: db)
        }
    }
}
