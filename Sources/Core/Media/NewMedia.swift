import Persistence

/// A stored file that becomes an item.
struct NewMedia: Sendable {
    let publicID: String
    let tenant: ID<Tenant>
    let owner: ID<Account>
    let kind: MediaKind
    let title: String
    let visibility: Media.Visibility
    let filename: String
    let contentType: String
    let size: Int64
    let sha256: String
    let storageKey: String

    /// Makes the item with its file, its place in search, the job that processes it and the owner's storage use, all in
    /// the caller's transaction.
    func insert(on db: any Connection, in scope: Scope, at now: Timestamp) throws -> ID<Media> {
        let id: ID<Media> = try db.inserted(MediaQueries.insert(self, at: now))
        try db.execute(MediaQueries.insertFile(of: id, self, at: now))
        try Library.index(id, title: title, owner: owner, tenant: tenant, visibility: visibility, on: db)
        try StorageUse.add(size, to: owner, at: now, on: db)
        let job = try Jobs.enqueue(Processing.request(for: id, tenant: tenant, owner: owner), on: db, at: now)
        try db.execute(MediaQueries.setJob(job, of: id))
        try Audit.record(
            AuditEvent("media.created", .media(id), details: ["title": title, "sha256": sha256]),
            in: scope,
            at: now,
            on: db
        )
        return id
    }
}
