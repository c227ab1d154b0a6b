package import Persistence

/// Erases, every hour, accounts that were closed thirty days ago: items, addresses, names, and what the audit trail says
/// of the person. The account's number and the audit chain stay.
package struct AccountErasure: JobHandler {
    private static let batch = 50

    package let kind: JobKind = "accounts.erase"
    package let every: Duration? = .hours(1)
    private let database: any Database
    private let effects: Effects

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    package func run(_ job: RunningJob) async throws {
        let now = effects.now()
        let due = try await database.read { db in
            try db.values(ClosingQueries.due(now, limit: 1000), as: ID<Account>.self)
        }
        for (index, account) in due.enumerated() {
            try await removeItems(of: account, at: now, job)
            try await database.write { db in try Self.erase(account, at: now, on: db) }
            try await job.report(progress: Double(index + 1) / Double(due.count))
        }
        try await job.complete()
    }

    private func removeItems(of account: ID<Account>, at now: Timestamp, _ job: RunningJob) async throws {
        while true {
            let count = try await database.write { db in
                guard try Self.isDue(account, at: now, on: db) else { return 0 }
                _ = try Trash.putAll(of: account, at: now, limit: Self.batch, on: db)
                return try Trash.removeAll(of: account, at: now, limit: Self.batch, on: db)
            }
            if count < Self.batch { return }
            try await job.report(progress: nil)
        }
    }

    /// Whoever was restored meanwhile is left alone.
    private static func isDue(_ account: ID<Account>, at now: Timestamp, on db: any Connection) throws -> Bool {
        guard let closing = try db.first(ClosingQueries.find(account), as: AccountClosing.init) else { return false }
        return closing.erasedAt == nil && closing.eraseAt <= now
    }

    private static func erase(_ id: ID<Account>, at now: Timestamp, on db: any Connection) throws {
        guard try isDue(id, at: now, on: db), let account = try AccountQueries.find(id, in: .system(), on: db) else {
            return
        }
        try SignInQueries.forgetAll(SignInDoor.subject(email: account.email, tenant: account.tenant), on: db)
        for statement in ClosingQueries.personalRows(of: id) { try db.execute(statement) }
        try db.execute(ClosingQueries.anonymise(id))
        try db.execute(ClosingQueries.setErased(id, at: now))
        _ = try AuditQueries.erasePersonal(of: id, on: db)
        let scope = Scope.system(tenant: account.tenant)
        try Audit.record(AuditEvent("account.erased", .account(id)), in: scope, at: now, on: db)
    }
}
