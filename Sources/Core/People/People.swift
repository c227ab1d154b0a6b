import Persistence

/// The people of a platform in the hands of those who manage them: everybody for an administrator, the own subtree for a
/// reseller. Every operation needs `manageAccounts` or `manageCustomers`, and sees what the scope sees.
package struct People: Sendable {
    let accounts: Accounts

    var database: any Database { accounts.database }
    var effects: Effects { accounts.effects }

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    /// One page of the list, with how many there are. Throws `Failure.badCursor`.
    package func page(_ request: PeopleRequest, in scope: Scope) async throws -> PeoplePage {
        try Self.requireManager(scope)
        return try await database.read { db in
            var parent: ID<Account>?
            if !request.parent.trimmed.isEmpty {
                parent = try db.value(PeopleQueries.find(username: request.parent, in: scope))
                guard parent != nil else {
                    return PeoplePage(list: ListPage(items: [], next: nil), count: 0, parents: [:])
                }
            }
            let people = try db.all(PeopleQueries.page(request, below: parent, in: scope), as: Account.init)
            let list = ListPage(fetched: people, limit: request.limit) { PeopleQueries.cursor(of: $0, request.sort) }
            let count: Int = try db.value(PeopleQueries.count(request, below: parent, in: scope)) ?? 0
            return PeoplePage(
                list: list,
                count: count > PeoplePage.mostCounted ? nil : count,
                parents: try Self.names(of: Set(list.items.compactMap(\.parent)), in: scope, on: db)
            )
        }
    }

    /// Writes down that somebody takes a list of people with them.
    package func recordExport(in scope: Scope) async throws {
        try Self.requireManager(scope)
        let now = effects.now()
        try await database.write { db in
            try Audit.record(AuditEvent("people.exported", nil), in: scope, at: now, on: db)
        }
    }

    /// The account of that username, where one may see it.
    package func id(named username: String, in scope: Scope) async throws -> ID<Account>? {
        let query = PeopleQueries.find(username: username, in: scope)
        return try await database.read { db in try db.value(query) }
    }

    static func requireManager(_ scope: Scope) throws(Failure) {
        if scope.may(.manageAccounts) { return }
        try scope.require(.manageCustomers)
    }

    static func names(of ids: Set<ID<Account>>, in scope: Scope, on db: any Connection) throws -> [ID<Account>: String]
    {
        guard !ids.isEmpty else { return [:] }
        let names = try db.all(AccountQueries.names(of: Array(ids), in: scope)) { row in
            (try row["id"] as ID<Account>, try row["username"] as String)
        }
        return Dictionary(uniqueKeysWithValues: names)
    }
}
