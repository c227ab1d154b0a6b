import Persistence

/// Questions about the tree of accounts.
extension Accounts {
    /// How many stand above an account: 0 at the top. Throws `Failure.notFound`.
    package func hierarchyLevel(of id: ID<Account>, in scope: Scope) async throws -> Int {
        try await database.read { db in
            guard try AccountQueries.find(id, in: scope, on: db) != nil else { throw Failure.notFound }
            return try AccountTreeQueries.level(of: id, on: db)
        }
    }

    /// Somebody below an account.
    package struct Descendant: Sendable, Hashable {
        package let account: ID<Account>
        /// 1 for those directly below.
        package let depth: Int
    }

    /// Everybody below an account, nearest first, at most 10,000. Throws `Failure.notFound`.
    package func descendants(of id: ID<Account>, in scope: Scope) async throws -> [Descendant] {
        try await database.read { db in
            guard try AccountQueries.find(id, in: scope, on: db) != nil else { throw Failure.notFound }
            return try db.all(AccountTreeQueries.descendants(of: id, limit: 10_000, in: scope)) { row in
                Descendant(account: try row["descendant_id"], depth: try row["depth"])
            }
        }
    }

    /// Whether who asks may change an account: suspend it, edit it, give it another type.
    package func canManage(_ id: ID<Account>, in scope: Scope) async throws -> Bool {
        try await database.read { db in
            guard let account = try AccountQueries.find(id, in: scope, on: db) else { return false }
            do {
                try PersonRules.checkMayManage(account, in: scope, on: db)
                return true
            } catch is Failure {
                return false
            }
        }
    }
}
