import Crypto
import Foundation
import Integrations
import Persistence

/// Somebody on the way to a provider and back.
struct ProviderAttempt: Sendable {
    let stateHash: [UInt8]
    let browserHash: [UInt8]
    let provider: ID<SignInProvider>
    /// Whose account is to be linked; nil where somebody signs in.
    let account: ID<Account>?
    /// Nonce and PKCE verifier, sealed.
    let secrets: [UInt8]
    let next: String?
    let expiresAt: Timestamp

    init(
        stateHash: [UInt8],
        browserHash: [UInt8],
        provider: ID<SignInProvider>,
        account: ID<Account>?,
        secrets: [UInt8],
        next: String?,
        expiresAt: Timestamp
    ) {
        self.stateHash = stateHash
        self.browserHash = browserHash
        self.provider = provider
        self.account = account
        self.secrets = secrets
        self.next = next
        self.expiresAt = expiresAt
    }

    init(_ row: Row) throws {
        stateHash = try row["state_hash"]
        browserHash = try row["browser_hash"]
        provider = try row["provider_id"]
        account = try row.optional("account_id")
        secrets = try row["secrets"]
        next = try row.optional("next")
        expiresAt = try row["expires_at"]
    }
}

/// How the browser gets to the provider.
package struct ProviderDeparture: Sendable, Hashable {
    /// Where it goes to.
    package let address: String
    /// For a cookie: whoever comes back without it is somebody else.
    package let browser: String
    package let provider: String

    package init(address: String, browser: String, provider: String) {
        self.address = address
        self.browser = browser
        self.provider = provider
    }
}

extension SignInProviders {
    /// How long somebody may take at the provider.
    package static let attemptLifetime = Duration.minutes(10)

    /// Begins a sign-in by a provider of the scope's tenant. State, nonce and PKCE verifier (RFC 7636) are 256 random bits each;
    /// the state is kept as a hash and the others sealed.
    ///
    /// Throws `Failure.notFound` for a provider that is not there or switched off, and `.providerUnreachable`.
    /// - Parameters:
    ///   - isLinking: whether the asking account is to be linked; otherwise somebody signs in.
    ///   - next: where the person is to be afterwards.
    package func begin(_ publicID: String, isLinking: Bool, next: String?, in scope: Scope) async throws
        -> ProviderDeparture
    {
        let account = isLinking ? try scope.requireAccount() : nil
        let (found, provider) = try await enabled(publicID, of: scope.tenant)
        let (state, browser) = (effects.secret(), effects.secret())
        let secrets = ProviderSecrets(nonce: effects.secret(), verifier: effects.secret())
        let address: String
        do {
            address = try await client.authorization(
                at: provider,
                redirect: redirectAddress(publicID),
                state: state,
                nonce: secrets.nonce,
                challenge: secrets.challenge,
                now: seconds
            )
        } catch let problem as OpenIDProblem {
            let refusal = ProviderRefusal(problem.failure, problem.name)
            try await note(refusal, at: found, in: scope)
            throw refusal.failure
        }
        let attempt = ProviderAttempt(
            stateHash: SecretHash.of(state),
            browserHash: SecretHash.of(browser),
            provider: found.id,
            account: account,
            secrets: try seal.seal(secrets.bytes, for: state),
            next: next,
            expiresAt: effects.now() + Self.attemptLifetime
        )
        try await database.write(.locking) { db in try db.execute(ProviderAttemptQueries.insert(attempt)) }
        return ProviderDeparture(address: address, browser: browser, provider: found.name)
    }

    /// A provider that is switched on, with its secret. Throws `Failure.notFound`.
    func enabled(_ publicID: String, of tenant: ID<Tenant>) async throws -> (SignInProvider, OpenIDProvider) {
        let (found, sealed) = try await database.read { db in
            let found = try Self.find(publicID, of: tenant, on: db)
            return (found, try db.value(SignInProviderQueries.secret(of: found.id), as: [UInt8].self))
        }
        guard found.isEnabled, let issuer = HTTPAddress(found.issuer) else { throw Failure.notFound }
        let secret = sealed.flatMap { seal.open($0, for: publicID) }
        let provider = OpenIDProvider(
            issuer: issuer,
            clientID: found.clientID,
            clientSecret: secret.map { String(decoding: $0, as: UTF8.self) },
            scopes: found.scopes.split(separator: " ").map { String($0) }
        )
        return (found, provider)
    }
}

/// What only this server knows until the provider's answer is here.
struct ProviderSecrets: Sendable {
    let nonce: String
    let verifier: String

    init(nonce: String, verifier: String) {
        self.nonce = nonce
        self.verifier = verifier
    }

    init?(_ bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        guard parts.count == 2 else { return nil }
        nonce = String(parts[0])
        verifier = String(parts[1])
    }

    var bytes: [UInt8] { Array("\(nonce) \(verifier)".utf8) }

    /// S256 (RFC 7636 §4.2).
    var challenge: String { Base64URL.encode(Array(SHA256.hash(data: Data(verifier.utf8)))) }
}
