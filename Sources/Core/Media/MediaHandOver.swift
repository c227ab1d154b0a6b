import Persistence

extension MediaItems {
    /// Gives up to so many items of one account, those in its trash left out, to another, with the storage that they
    /// take. Answers how many. Throws `Failure.storageFull`.
    static func handOver(
        from owner: ID<Account>,
        to heir: ID<Account>,
        now: Timestamp,
        limit: Int,
        on db: any Connection
    ) throws -> Int {
        let items = try db.rows(MediaQueries.kept(by: owner, limit: limit))
        for row in items {
            let id: ID<Media> = try row["id"]
            let bytes: Int64 = try db.value(TrashQueries.storedBytes(of: id)) ?? 0
            try StorageUse.add(bytes, to: heir, at: now, on: db)
            try StorageUse.add(-bytes, to: owner, at: now, on: db)
            try db.execute(MediaQueries.setOwner(heir, of: id, now: now))
            try Library.index(
                id,
                title: try row["title"],
                owner: heir,
                tenant: try row["tenant_id"],
                visibility: try row["visibility"],
                on: db
            )
        }
        return items.count
    }
}
