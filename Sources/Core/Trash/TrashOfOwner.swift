import Persistence

/// The same for the items of one owner, a few at a time; for jobs. Each answers how many it took.
extension Trash {
    /// - Parameter moment: when they were deleted, by which they are found again.
    static func putAll(of owner: ID<Account>, at moment: Timestamp, limit: Int, on db: any Connection) throws -> Int {
        let items = try db.values(TrashQueries.kept(by: owner, limit: limit), as: ID<Media>.self)
        for item in items {
            try db.execute(TrashQueries.setDeleted(item, at: moment, now: moment))
            try Library.unindex(item, on: db)
        }
        return items.count
    }

    /// Brings back what was deleted at that moment and at no other.
    static func restoreAll(
        of owner: ID<Account>,
        deletedAt moment: Timestamp,
        now: Timestamp,
        limit: Int,
        on db: any Connection
    ) throws -> Int {
        let query = TrashQueries.deleted(by: owner, at: moment, limit: limit)
        let items = try db.all(query, as: TrashItem.init)
        for item in items {
            try db.execute(TrashQueries.setDeleted(item.id, at: nil, now: now))
            try Library.index(
                item.id,
                title: item.title,
                owner: item.owner,
                tenant: item.tenant,
                visibility: item.visibility,
                on: db
            )
        }
        return items.count
    }

    static func removeAll(of owner: ID<Account>, at now: Timestamp, limit: Int, on db: any Connection) throws -> Int {
        let items = try db.all(TrashQueries.deleted(by: owner, at: nil, limit: limit), as: TrashItem.init)
        for item in items { try remove(item, in: .system(tenant: item.tenant), at: now, on: db) }
        return items.count
    }
}
