package import Persistence

/// Deleted items: thirty days in which they can be brought back, then nothing is left of them.
package struct Trash: Sendable {
    private let database: any Database
    private let effects: Effects

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    /// Puts an item into the trash: out of every list, search and link at once.
    /// - Throws: `Failure.notFound`; `Failure.forbidden` or `.notSignedIn` for an item that one may see but not delete.
    package func put(_ publicID: String, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            let media = try MediaItems.managed(publicID, in: scope, on: db)
            try db.execute(TrashQueries.setDeleted(media.id, at: now, now: now))
            try Library.unindex(media.id, on: db)
            try Audit.record(
                AuditEvent("media.deleted", .media(media.id), details: ["title": media.title]),
                in: scope,
                at: now,
                on: db
            )
        }
    }

    /// Brings an item back as it was.
    /// - Throws: `Failure.notFound` when it is not in the trash, or not one's own or managed.
    package func restore(_ publicID: String, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            let item = try Self.find(publicID, in: scope, on: db)
            try db.execute(TrashQueries.setDeleted(item.id, at: nil, now: now))
            try Library.index(
                item.id,
                title: item.title,
                owner: item.owner,
                tenant: item.tenant,
                visibility: item.visibility,
                on: db
            )
            try Audit.record(
                AuditEvent("media.restored", .media(item.id), details: ["title": item.title]),
                in: scope,
                at: now,
                on: db
            )
        }
    }

    /// Removes an item of the trash for good, before its time.
    /// - Throws: `Failure.notFound` when it is not in the trash, or not one's own or managed.
    package func remove(_ publicID: String, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            let item = try Self.find(publicID, in: scope, on: db)
            try Self.remove(item, in: scope, at: now, on: db)
        }
    }

    /// A page of what lies in the trash, newest first, of all that one manages.
    package func page(behind cursor: Cursor? = nil, limit: Int = 50, in scope: Scope) async throws -> ListPage<
        TrashItem
    > {
        if case .visitor = scope.actor { throw Failure.notSignedIn }
        let limit = min(max(limit, 1), LibraryRequest.largestPage)
        let query = try TrashQueries.page(behind: cursor, limit: limit + 1, in: scope)
        let fetched = try await database.read { db in try db.all(query, as: TrashItem.init) }
        return ListPage(fetched: fetched, limit: limit) { Cursor(.number($0.deletedAt.milliseconds), id: $0.id.value) }
    }

    private static func find(_ publicID: String, in scope: Scope, on db: any Connection) throws -> TrashItem {
        guard let row = try db.first(TrashQueries.find(publicID, in: scope)) else { throw Failure.notFound }
        return try TrashItem(row)
    }

    /// Rows, storage use and the note for whoever removes files, in one transaction.
    static func remove(_ item: TrashItem, in scope: Scope, at now: Timestamp, on db: any Connection) throws {
        let bytes: Int64 = try db.value(TrashQueries.storedBytes(of: item.id)) ?? 0
        try db.execute(TrashQueries.discardFiles(of: item.id, at: now))
        try db.execute(TrashQueries.delete(item.id))
        try StorageUse.add(-bytes, to: item.owner, at: now, on: db)
        try Audit.record(
            AuditEvent("media.removed", .media(item.id), details: ["title": item.title]),
            in: scope,
            at: now,
            on: db
        )
    }
}
