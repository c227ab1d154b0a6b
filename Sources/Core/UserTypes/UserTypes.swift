package import Persistence

/// The kinds of account that there are.
package struct UserTypes: Sendable {
    let database: any Database
    let effects: Effects

    package init(database: any Database, effects: Effects = .live) {
        self.database = database
        self.effects = effects
    }

    /// All of them, by id.
    package func all() async throws -> [UserType] {
        try await database.read { db in try UserTypeQueries.all(on: db) }
    }

    /// Those that who asks may give to others: nobody gives rights that they do not have.
    package func givable(in scope: Scope) async throws -> [UserType] {
        try await all().filter { type in
            type.permissions.intersection(Permission.administrative).isSubset(of: scope.permissions)
        }
    }

    /// The one that new accounts get.
    package func standard() async throws -> UserType? {
        try await database.read { db in try UserTypeQueries.standard(on: db) }
    }

    /// By its code: `admin`, `reseller`, `premium`, `basic`. Throws `Failure.notFound`.
    package func find(_ code: String) async throws -> UserType {
        guard let type = try await database.read({ db in try UserTypeQueries.find(code: code, on: db) }) else {
            throw Failure.notFound
        }
        return type
    }

    /// What an account may do and how much; for operations that have a transaction open already.
    package static func ofAccount(_ account: ID<Account>, on db: any Connection) throws -> UserType {
        guard let type = try UserTypeQueries.ofAccount(account, on: db) else { throw Failure.notFound }
        return type
    }
}
