import Persistence

/// One's own logins elsewhere.
extension SignInProviders {
    /// Oldest first.
    package func identities(in scope: Scope) async throws -> [ProviderIdentity] {
        let account = try scope.requireAccount()
        return try await database.read { db in
            try db.all(ProviderIdentityQueries.list(of: account), as: ProviderIdentity.init)
        }
    }

    /// Throws `Failure.notFound`, for somebody else's, too, and `.lastWayIn`.
    package func unlink(_ publicID: String, in scope: Scope) async throws {
        let account = try scope.requireAccount()
        let now = effects.now()
        try await database.write { db in
            guard try db.value(ProviderIdentityQueries.delete(publicID, of: account), as: Int64.self) != nil else {
                throw Failure.notFound
            }
            try Self.checkWayIn(of: account, on: db)
            try Audit.record(AuditEvent("account.provider_unlinked", .account(account)), in: scope, at: now, on: db)
        }
    }

    /// After one way in was taken away: throws `Failure.lastWayIn` when it was the last.
    static func checkWayIn(of account: ID<Account>, on db: any Connection) throws {
        guard try db.value(ProviderIdentityQueries.waysIn(of: account), as: Int.self) ?? 0 > 0 else {
            throw Failure.lastWayIn
        }
    }
}
