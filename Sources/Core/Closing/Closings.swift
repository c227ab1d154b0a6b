import Persistence

/// How accounts end, and how they come back. For those who manage people.
package struct Closings: Sendable {
    let accounts: Accounts

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    /// Closes an account: whoever is signed in with it is signed out, its customers stand elsewhere, and a job takes care
    /// of its items. Throws `Failure` at the fields `items`, `heir`, `customers`, `customers_to`; and
    /// `Failure.lastAdministrator`, `.notOneself`.
    package func close(_ publicID: String, _ choice: ClosingChoice, in scope: Scope) async throws {
        try People.requireManager(scope)
        let now = accounts.effects.now()
        try await accounts.database.write { db in
            let account = try Self.managed(publicID, in: scope, on: db)
            guard account.status != .closed else { throw Failure.alreadyClosed }
            try PersonRules.checkMayLeave(account, in: scope, on: db)
            let decided = try Decided(choice, about: account, in: scope, on: db)
            let customers = try Self.moveCustomers(of: account, to: decided.customersTo, on: db)
            try Sessions.endAll(of: account.id, on: db)
            try AccountQueries.setStatus(.closed, of: account.id, on: db)
            try db.execute(ClosingQueries.insert(account.id, heir: decided.heir?.id, at: now))
            let task: ItemTask = decided.heir.map { .handOver(to: $0.id) } ?? .trash(at: now)
            try Jobs.enqueue(task.request(for: account), on: db, at: now)
            let details = [
                "status.before": account.status.rawValue, "status": Account.Status.closed.rawValue,
                "items": decided.heir.map { "handed over to \($0.username)" } ?? "trash",
                "customers": String(customers),
            ]
            try Audit.record(
                AuditEvent("account.closed", .account(account.id), details: details),
                in: scope,
                at: now,
                on: db
            )
        }
    }

    /// Brings a closed account back with its items, as far as they were not handed over. Customers stay where they are.
    package func restore(_ publicID: String, in scope: Scope) async throws {
        try People.requireManager(scope)
        let now = accounts.effects.now()
        try await accounts.database.write { db in
            let account = try Self.managed(publicID, in: scope, on: db)
            guard account.status == .closed else { throw Failure.notClosed }
            let closing = try db.first(ClosingQueries.find(account.id), as: AccountClosing.init)
            guard closing?.erasedAt == nil else { throw Failure.erased }
            try AccountQueries.setStatus(.active, of: account.id, on: db)
            try db.execute(ClosingQueries.delete(account.id))
            if let closing, closing.heir == nil {
                try Jobs.enqueue(ItemTask.restore(deletedAt: closing.closedAt).request(for: account), on: db, at: now)
            }
            try Audit.record(AuditEvent("account.restored", .account(account.id)), in: scope, at: now, on: db)
        }
    }

    private static func managed(_ publicID: String, in scope: Scope, on db: any Connection) throws -> Account {
        guard let account = try AccountQueries.find(publicID: publicID, in: scope, on: db) else {
            throw Failure.notFound
        }
        try PersonRules.checkMayManage(account, in: scope, on: db)
        return account
    }

    /// Answers how many were moved.
    private static func moveCustomers(of account: Account, to parent: ID<Account>?, on db: any Connection) throws -> Int
    {
        let customers = try db.values(ClosingQueries.customers(of: account.id), as: ID<Account>.self)
        for customer in customers {
            do {
                try AccountTree.move(customer, below: parent, on: db)
            } catch is Failure {
                throw Failure.invalid([.customersToFull])
            }
        }
        return customers.count
    }

    /// A choice that was looked at.
    private struct Decided {
        let heir: Account?
        let customersTo: ID<Account>?

        init(_ choice: ClosingChoice, about account: Account, in scope: Scope, on db: any Connection) throws {
            var problems: [Failure.FieldProblem] = []
            func other(_ name: String) throws -> Account? {
                let id: ID<Account>? = try db.value(PeopleQueries.find(username: name, in: scope))
                return try id.flatMap { id in
                    id == account.id ? nil : try AccountQueries.find(id, in: scope, on: db)
                }
            }
            var heir: Account?
            switch ClosingChoice.Items(rawValue: choice.items) {
            case nil: problems.append(.itemsUndecided)
            case .trash: break
            case .handOver:
                heir = try other(choice.heir).flatMap { $0.status == .closed ? nil : $0 }
                if let heir {
                    let limit = try UserTypes.ofAccount(heir.id, on: db).limits.storage ?? .max
                    if limit - heir.storageUsed < account.storageUsed { problems.append(.heirFull) }
                } else {
                    problems.append(.heirUnknown)
                }
            }
            var customersTo = account.parent
            if try db.exists(ClosingQueries.customers(of: account.id)) {
                switch ClosingChoice.Customers(rawValue: choice.customers) {
                case nil: problems.append(.customersUndecided)
                case .up: break
                case .other:
                    customersTo = try other(choice.customersTo)?.id
                    if customersTo == nil { problems.append(.customersToUnknown) }
                }
            }
            guard problems.isEmpty else { throw Failure.invalid(problems) }
            self.heir = heir
            self.customersTo = customersTo
        }
    }
}
