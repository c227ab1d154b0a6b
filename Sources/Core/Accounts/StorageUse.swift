package import Persistence

/// How much of its storage an account uses: a counter that changes with the files, in their transaction.
package enum StorageUse {
    /// Counts bytes that were added, or with a negative number bytes that are gone.
    /// Throws `Failure.storageFull` when they would be more than the account's type allows. Whoever gets beyond nine tenths
    /// of it is told.
    package static func add(_ bytes: Int64, to account: ID<Account>, at now: Timestamp, on db: any Connection) throws {
        if bytes < 0 { try db.execute(StorageQueries.release(-bytes, of: account)) }
        guard bytes > 0 else { return }
        guard try db.execute(StorageQueries.take(bytes, for: account)) == 1 else { throw Failure.storageFull }
        guard let limit = try UserTypes.ofAccount(account, on: db).limits.storage else { return }
        let (used, mark) = (try Self.bytes(of: account, on: db), limit - limit / 10)
        guard used >= mark, used - bytes < mark else { return }
        try Notify.tell(account, .storageNearlyFull(.init(used: used, limit: limit)), at: now, on: db)
    }

    /// How many bytes that are now.
    package static func bytes(of account: ID<Account>, on db: any Connection) throws -> Int64 {
        try db.value(StorageQueries.used(by: account)) ?? 0
    }
}
