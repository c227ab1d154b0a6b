import Crypto
import CryptoExtras
import Foundation
import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

/// A database with the cast in it, a clock, a provider, and somebody before a browser.
struct ProviderHouse: Sendable {
    let database: any Database
    let world: TestEffects
    let accounts: Accounts
    let providers: SignInProviders
    let pretend: PretendProvider
    let cast: Cast
    /// The provider's public id.
    let id: String

    static let visitor = Scope.visitor(tenant: .platform)
    static let secretKey = Array("a secret that only these tests know".utf8)

    static func with(
        _ engine: Engine,
        key: ProviderKey.Material = .ed25519(Curve25519.Signing.PrivateKey()),
        opensAccounts: Bool = false,
        _ body: (ProviderHouse) async throws -> Void
    ) async throws {
        try await withDatabase(engine) { database in
            let world = TestEffects()
            let accounts = Accounts(database: database, effects: world.effects, passwords: CheapPasswords())
            let cast = try await Cast(accounts)
            let pretend = PretendProvider(ProviderKey(id: "key-1", material: key))
            let providers = SignInProviders(
                accounts: accounts,
                client: OpenIDClient(http: pretend),
                secretKey: secretKey,
                baseURL: "https://media.example.com"
            )
            let id = try await providers.add(change(opensAccounts: opensAccounts), in: cast.root.scope)
            let house = ProviderHouse(
                database: database,
                world: world,
                accounts: accounts,
                providers: providers,
                pretend: pretend,
                cast: cast,
                id: id
            )
            try await body(house)
        }
    }

    static func change(
        name: String = "Example",
        issuer: String = PretendProvider.issuer,
        clientSecret: String = "hush & 100%",
        isEnabled: Bool = true,
        opensAccounts: Bool = false
    ) -> SignInProviderChange {
        SignInProviderChange(
            name: name,
            issuer: issuer,
            clientID: "media share",
            clientSecret: clientSecret,
            scopes: "email profile",
            isEnabled: isEnabled,
            opensAccounts: opensAccounts
        )
    }

    /// What stands in the address that the browser is sent to.
    struct Question: Sendable {
        let fields: [String: String]
        let browser: String

        var state: String { fields["state"] ?? "" }
    }

    func begin(isLinking: Bool = false, in scope: Scope = visitor) async throws -> Question {
        let departure = try await providers.begin(id, isLinking: isLinking, next: "/media", in: scope)
        let items = try #require(URLComponents(string: departure.address)?.queryItems)
        let fields = Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
        return Question(fields: fields, browser: departure.browser)
    }

    /// What the provider says of somebody, as long as nothing is bent.
    func claims(of email: String, subject: String = "sub-1", for question: Question) -> [String: String] {
        let now = world.now.milliseconds / 1000
        return [
            "iss": #""\#(PretendProvider.issuer)""#, "sub": #""\#(subject)""#, "aud": #""media share""#,
            "exp": "\(now + 300)", "iat": "\(now)", "nonce": #""\#(question.fields["nonce"] ?? "")""#,
            "email": #""\#(email)""#, "email_verified": "true", "preferred_username": #""Jörg von Media""#,
        ]
    }

    func finish(
        _ question: Question,
        code: String = "code",
        error: String = "",
        browser: String? = nil,
        at provider: String? = nil,
        in scope: Scope = visitor
    ) async throws -> ProviderSignInResult {
        let back = ProviderReturn(
            provider: provider ?? id,
            state: question.state,
            code: error.isEmpty ? code : "",
            error: error,
            browser: browser ?? question.browser,
            policies: PolicyVersions(privacy: 0, terms: 0)
        )
        return try await providers.finish(back, in: scope)
    }

    /// There and back.
    func signIn(
        as email: String,
        subject: String = "sub-1",
        bent: [String: String] = [:]
    ) async throws -> ProviderSignInResult {
        let question = try await begin()
        pretend.change { $0.claims = claims(of: email, subject: subject, for: question).merging(bent) { $1 } }
        return try await finish(question)
    }

    func verify(_ member: Cast.Member, is verified: Bool) async throws {
        let moment: Timestamp? = verified ? world.now : nil
        try await database.write { db in
            try db.execute("UPDATE account SET email_verified_at = \(moment) WHERE id = \(member.id)")
        }
    }

    func events() async throws -> [AuditEntry] {
        try await Audit(database: database, effects: world.effects).list(in: .system()).items
    }

    /// Why the last one was not let in, by the audit trail.
    func problem() async throws -> String? {
        let entry = try await events().first
        return entry?.action == "sign_in_provider.refused" ? entry?.personal?.details["problem"] : nil
    }
}

extension ProviderSignInResult {
    var account: Account? {
        if case .signedIn(let account, _, _) = self { return account }
        return nil
    }
}
