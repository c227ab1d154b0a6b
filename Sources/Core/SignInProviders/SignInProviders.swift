package import Integrations
import Persistence

/// Signing in with an account that people have elsewhere, by OpenID Connect: which providers a tenant has, and the way there
/// and back (`begin`, `finish`).
package struct SignInProviders: Sendable {
    let accounts: Accounts
    let client: OpenIDClient
    let seal: SecretSeal
    private let baseURL: String

    package init(accounts: Accounts, client: OpenIDClient, secretKey: [UInt8], baseURL: String) {
        self.accounts = accounts
        self.client = client
        self.baseURL = baseURL
        seal = SecretSeal(secretKey: secretKey, purpose: "sign-in providers")
    }

    var database: any Database { accounts.database }
    var effects: Effects { accounts.effects }
    /// As the provider counts time.
    var seconds: Int64 { effects.now().milliseconds / 1000 }

    /// Of one tenant.
    static let most = 20
    /// Of one account.
    static let mostIdentities = 20

    /// Where a provider sends people back to; it has to be told so.
    package func redirectAddress(_ publicID: String) -> String {
        "\(baseURL)/auth/oidc/\(publicID)/callback"
    }

    /// Those that are switched on, for the sign-in page of the scope's tenant.
    package func buttons(in scope: Scope) async throws -> [SignInProvider.Button] {
        try await database.read { db in
            try db.all(SignInProviderQueries.buttons(of: scope.tenant)) { row in
                SignInProvider.Button(publicID: try row["public_id"], name: try row["name"])
            }
        }
    }

    /// All of the scope's tenant, by name. Needs `manageAll`, as everything that follows: whoever names an issuer makes this
    /// server call it.
    package func list(in scope: Scope) async throws -> [SignInProvider] {
        try scope.require(.manageAll)
        return try await database.read { db in
            try db.all(SignInProviderQueries.list(of: scope.tenant), as: SignInProvider.init)
        }
    }

    /// Throws `Failure.notFound`, for another tenant's, too.
    package func find(_ publicID: String, in scope: Scope) async throws -> SignInProvider {
        try scope.require(.manageAll)
        return try await database.read { db in try Self.find(publicID, of: scope.tenant, on: db) }
    }

    static func find(_ publicID: String, of tenant: ID<Tenant>, on db: any Connection) throws -> SignInProvider {
        let found = try db.first(SignInProviderQueries.find(publicID, of: tenant), as: SignInProvider.init)
        guard let found else { throw Failure.notFound }
        return found
    }

    /// Answers the public id. Throws `Failure` at the fields of the change.
    @discardableResult
    package func add(_ new: SignInProviderChange, in scope: Scope) async throws -> String {
        try scope.require(.manageAll)
        // A question mark would come to stand before the path of the discovery document.
        let issuer = new.issuer.contains("?") ? nil : HTTPAddress(new.issuer.trimmed)
        let checked = try new.checked(issuer == nil ? [.providerIssuer] : [])
        let publicID = effects.publicID()
        let secret = try checked.clientSecret.map { try seal.seal(Array($0.utf8), for: publicID) }
        let now = effects.now()
        return try await database.write { db in
            guard try db.value(SignInProviderQueries.count(of: scope.tenant), as: Int.self) ?? 0 < Self.most else {
                throw Failure.tooManyProviders
            }
            let insert = SignInProviderQueries.insert(
                checked,
                publicID: publicID,
                issuer: issuer?.text ?? "",
                secret: secret,
                of: scope.tenant,
                at: now
            )
            let id: ID<SignInProvider> = try db.inserted(insert)
            let details = ["name": checked.name, "issuer": issuer?.text ?? "", "client_id": checked.clientID]
            let event = AuditEvent("sign_in_provider.added", .signInProvider(id), details: details)
            try Audit.record(event, in: scope, at: now, on: db)
            return publicID
        }
    }

    /// Changes all but the issuer. Throws `Failure` at the fields of the change, and `Failure.notFound`.
    package func edit(_ publicID: String, _ change: SignInProviderChange, in scope: Scope) async throws {
        try scope.require(.manageAll)
        let checked = try change.checked()
        let secret = try checked.clientSecret.map { try seal.seal(Array($0.utf8), for: publicID) }
        let now = effects.now()
        try await database.write { db in
            let before = try Self.find(publicID, of: scope.tenant, on: db)
            try db.execute(SignInProviderQueries.update(before.id, checked, secret: secret))
            let details = Self.difference(before, checked, isSecretNew: secret != nil)
            let event = AuditEvent("sign_in_provider.changed", .signInProvider(before.id), details: details)
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    private static func difference(
        _ before: SignInProvider,
        _ after: SignInProviderChange.Checked,
        isSecretNew: Bool
    ) -> [String: String] {
        let pairs = [
            ("name", before.name, after.name), ("client_id", before.clientID, after.clientID),
            ("scopes", before.scopes, after.scopes),
            ("is_enabled", "\(before.isEnabled)", "\(after.isEnabled)"),
            ("opens_accounts", "\(before.opensAccounts)", "\(after.opensAccounts)"),
        ]
        var details = ["provider": before.name]
        if isSecretNew { details["client_secret"] = "replaced" }
        for (name, old, new) in pairs where old != new {
            details["\(name).before"] = old
            details[name] = new
        }
        return details
    }

    /// Takes a provider away, and with it all logins by it. Throws `Failure.notFound`.
    package func remove(_ publicID: String, in scope: Scope) async throws {
        try scope.require(.manageAll)
        let now = effects.now()
        try await database.write { db in
            let provider = try Self.find(publicID, of: scope.tenant, on: db)
            try db.execute(SignInProviderQueries.delete(provider.id))
            let details = ["name": provider.name, "issuer": provider.issuer, "accounts": String(provider.accounts)]
            let event = AuditEvent("sign_in_provider.removed", .signInProvider(provider.id), details: details)
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    /// Fetches what the provider says of itself, and its keys. Answers what is wrong; nil when all is well.
    package func check(_ publicID: String, in scope: Scope) async throws -> ProviderTrouble? {
        let provider = try await find(publicID, in: scope)
        guard let issuer = HTTPAddress(provider.issuer) else { return .badAddress }
        do {
            try await client.check(issuer, now: seconds)
            return nil
        } catch let problem as OpenIDProblem {
            return ProviderTrouble(problem)
        }
    }
}

/// What is wrong with a provider that is tried.
package enum ProviderTrouble: Sendable, Hashable {
    /// In words of whoever tried.
    case unreachable(String)
    /// What lies there describes no provider.
    case noDescription
    /// It describes another issuer.
    case otherIssuer
    /// An address in it is not HTTPS.
    case badAddress
    /// Nothing that it signs with can be checked.
    case noAlgorithm
    case noCodeFlow

    init(_ problem: OpenIDProblem) {
        switch problem {
        case .unreachable(let words): self = .unreachable(words)
        case .discovery(.malformed), .codeRefused, .token: self = .noDescription
        case .discovery(.otherIssuer): self = .otherIssuer
        case .discovery(.badAddress): self = .badAddress
        case .discovery(.noAlgorithm): self = .noAlgorithm
        case .discovery(.noCodeFlow): self = .noCodeFlow
        }
    }
}

extension AuditSubject {
    static func signInProvider(_ id: ID<SignInProvider>) -> AuditSubject {
        AuditSubject(kind: "sign_in_provider", id: id.value)
    }
}
