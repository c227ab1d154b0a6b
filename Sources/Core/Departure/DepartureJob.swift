import Persistence

/// Closes, every hour, accounts whose owners asked for it and did not change their minds; `AccountErasure` does the rest.
struct DepartureJob: JobHandler {
    let kind: JobKind = "accounts.depart"
    let every: Duration? = .hours(1)
    let database: any Database
    let effects: Effects

    func run(_ job: RunningJob) async throws {
        let now = effects.now()
        let due = try await database.read { db in
            try db.values(DepartureQueries.due(now, limit: 1000), as: ID<Account>.self)
        }
        for (index, account) in due.enumerated() {
            try await database.write { db in try Self.close(account, at: now, on: db) }
            try await job.report(progress: Double(index + 1) / Double(due.count))
        }
        try await job.complete()
    }

    private static func close(_ id: ID<Account>, at now: Timestamp, on db: any Connection) throws {
        guard try db.execute(DepartureQueries.take(id, at: now)) == 1,
            let account = try AccountQueries.find(id, in: .system(), on: db), account.status != .closed
        else { return }
        let scope = Scope.system(tenant: account.tenant)
        do {
            try Departures.checkMayLeave(account, on: db)
        } catch let failure as Failure where failure == .lastAdministrator {
            // All others left meanwhile.
            try Audit.record(AuditEvent("account.departure_dropped", .account(id)), in: scope, at: now, on: db)
            return
        }
        let customers = try moveCustomers(of: account, on: db)
        try Sessions.endAll(of: id, on: db)
        try AccountQueries.setStatus(.closed, of: id, on: db)
        try db.execute(ClosingQueries.insert(id, heir: nil, at: now, eraseAt: now))
        let details = ["status.before": account.status.rawValue, "status": Account.Status.closed.rawValue]
            .merging(["customers": String(customers)]) { first, _ in first }
        try Audit.record(AuditEvent("account.closed", .account(id), details: details), in: scope, at: now, on: db)
    }

    /// To whoever the account is a customer of, or to nobody where there is no room for them.
    private static func moveCustomers(of account: Account, on db: any Connection) throws -> Int {
        let customers = try db.values(ClosingQueries.customers(of: account.id), as: ID<Account>.self)
        for customer in customers {
            do {
                try AccountTree.move(customer, below: account.parent, on: db)
            } catch is Failure {
                try AccountTree.move(customer, below: nil, on: db)
            }
        }
        return customers.count
    }
}
