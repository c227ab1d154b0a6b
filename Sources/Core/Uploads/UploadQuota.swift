import Persistence

/// What an account may still upload. Uploads that are under way hold back the room that they announced, so that many at
/// once cannot outgrow the limit together.
struct UploadQuota: Sendable, Hashable {
    /// Bytes stored, and held back by uploads under way.
    let used: Int64
    /// Bytes that came or were announced within the last 24 hours.
    let today: Int64
    let limits: UserType.Limits

    static func load(of account: ID<Account>, at now: Timestamp, on db: any Connection) throws -> UploadQuota {
        let stored = try StorageUse.bytes(of: account, on: db)
        let reserved: Int64 = try db.value(UploadQueries.reserved(by: account)) ?? 0
        return UploadQuota(
            used: stored + reserved,
            today: try db.value(UploadQueries.uploaded(by: account, since: now - .hours(24))) ?? 0,
            limits: try UserTypes.ofAccount(account, on: db).limits
        )
    }

    /// The largest file that may still be sent, in bytes.
    func room(for type: ExpectedFormat) -> Int64 {
        let bounds = [
            type.maximumSize,
            limits.file ?? .max,
            limits.storage.map { $0 - used } ?? .max,
            limits.dailyUpload.map { $0 - today } ?? .max,
        ]
        return max(0, bounds.min() ?? 0)
    }

    /// - Throws: `Failure.uploadOverLimit`, `.uploadOverDailyLimit` or `.uploadOverStorage`, whichever bound is broken.
    func check(_ length: Int64, of type: ExpectedFormat) throws(Failure) {
        if length > type.maximumSize || length > limits.file ?? .max { throw .uploadOverLimit }
        if let daily = limits.dailyUpload, today + length > daily { throw .uploadOverDailyLimit }
        if let storage = limits.storage, used + length > storage { throw .uploadOverStorage }
    }
}
