import Crypto
import CryptoExtras
import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Signing in by a provider")
struct ProviderSignInTests {
    @Test(
        "Who is verified there and here is linked at first, and signs in directly from then on",
        arguments: Engine.available
    )
    func linking(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let uma = house.cast.uma
            try await house.verify(uma, is: true)
            let first = try await house.signIn(as: "UMA@example.com")
            guard case .signedIn(let account, _, let next) = first else { return #expect(Bool(false), "\(first)") }
            #expect(account.id == uma.id && next == "/media")
            #expect(
                try await house.events().prefix(2).map(\.action) == ["account.signed_in", "account.provider_linked"]
            )

            // The address changes there; who it is does not.
            #expect(try await house.signIn(as: "otto@example.com").account?.id == uma.id)
            let identities = try await house.providers.identities(in: uma.scope)
            #expect(identities.map(\.email) == ["otto@example.com"] && identities[0].lastUsedAt == house.world.now)
        }
    }

    @Test(
        "Every kind of key that is allowed is understood",
        arguments: [
            ProviderKey.Material.p256(P256.Signing.PrivateKey()), .ed25519(Curve25519.Signing.PrivateKey()),
        ]
    )
    func algorithms(key: ProviderKey.Material) async throws {
        try await ProviderHouse.with(.sqlite, key: key) { house async throws in
            #expect(try await house.signIn(as: "uma@example.com").account?.id == house.cast.uma.id)
        }
    }

    @Test("RS256 is understood, with and without a name for the key")
    func rsa() async throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        try await ProviderHouse.with(.sqlite, key: .rsa(key)) { house async throws in
            #expect(try await house.signIn(as: "uma@example.com").account?.id == house.cast.uma.id)
            house.pretend.change { $0.header = ["kid": ""] }
            #expect(try await house.signIn(as: "uma@example.com").account?.id == house.cast.uma.id)
        }
    }

    @Test("The provider is asked as the standards have it", arguments: Engine.available)
    func question(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let question = try await house.begin()
            let redirect = "https://media.example.com/auth/oidc/\(house.id)/callback"
            #expect(question.fields["response_type"] == "code" && question.fields["client_id"] == "media share")
            #expect(question.fields["redirect_uri"] == redirect && question.fields["scope"] == "openid email profile")
            #expect(question.fields["code_challenge_method"] == "S256")
            house.pretend.change { $0.claims = house.claims(of: "uma@example.com", for: question) }
            _ = try await house.finish(question)

            let form = Dictionary(house.pretend.looked { $0.form.map { ($0.name, $0.value) } }) { $1 }
            #expect(form["code"] == "code" && form["redirect_uri"] == redirect && form["client_secret"] == nil)
            let challenge = SHA256.hash(data: Array((form["code_verifier"] ?? "").utf8))
            #expect(question.fields["code_challenge"] == Base64URL.encode(Array(challenge)))
            let pair = "media%20share:hush%20%26%20100%25"
            #expect(house.pretend.looked { $0.authorization } == "Basic " + Base64URL.standard(pair))
        }
    }

    /// What is bent in a token, and what is noticed.
    struct Bend: Sendable, CustomTestStringConvertible {
        let problem: String
        var claims: [String: String] = [:]
        var header: [String: String] = [:]
        var signature: (@Sendable (String) throws -> [UInt8])?
        var testDescription: String { problem + claims.keys.joined() + header.keys.joined() }
    }

    /// Seconds around which `TestEffects` begins.
    private static let start = TestEffects.start.milliseconds / 1000

    static let bends = [
        Bend(problem: "token.nonce", claims: ["nonce": #""another""#]),
        Bend(problem: "token.nonce", claims: ["nonce": ""]),
        Bend(problem: "token.issuer", claims: ["iss": #""https://evil.example""#]),
        Bend(problem: "token.audience", claims: ["aud": #""somebody else""#]),
        Bend(problem: "token.party", claims: ["aud": #"["media share","other"]"#]),
        Bend(problem: "token.party", claims: ["aud": #"["media share","other"]"#, "azp": #""other""#]),
        Bend(problem: "token.expired", claims: ["exp": "\(start - 61)"]),
        Bend(problem: "token.issuedAt", claims: ["iat": "\(start - 601)"]),
        Bend(problem: "token.issuedAt", claims: ["iat": "\(start + 61)"]),
        Bend(problem: "token.malformed", claims: ["exp": #""soon""#]),
        Bend(problem: "token.malformed", claims: ["sub": ""]),
        Bend(problem: "token.subject", claims: ["sub": #""""#]),
        Bend(problem: "token.algorithm", header: ["alg": #""none""#], signature: { _ in [] }),
        Bend(problem: "token.algorithm", header: ["alg": #""None""#], signature: { _ in [] }),
        Bend(problem: "token.algorithm", header: ["crit": #"["exp"]"#]),
        Bend(problem: "token.unknownKey", header: ["alg": #""RS256""#]),
        Bend(problem: "token.unknownKey", header: ["kid": #""key-2""#]),
        Bend(problem: "token.signature", signature: { _ in Array(repeating: 7, count: 64) }),
        Bend(problem: "token.signature", signature: { _ in [] }),
    ]

    @Test("A token in which one thing is bent signs nobody in", arguments: Engine.available, bends)
    func bending(engine: Engine, bend: Bend) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            house.pretend.change { state in
                state.header = bend.header
                state.signature = bend.signature
            }
            await #expect(throws: Failure.providerNotBelieved) {
                try await house.signIn(as: "uma@example.com", bent: bend.claims)
            }
            #expect(try await house.problem() == bend.problem)
            #expect(try await house.providers.identities(in: house.cast.uma.scope).isEmpty)
        }
    }

    @Test("A public key is no password: what is signed with it by HS256 signs nobody in")
    func confusion() async throws {
        let key = P256.Signing.PrivateKey()
        try await ProviderHouse.with(.sqlite, key: .p256(key)) { house async throws in
            let shared = [
                Array(key.publicKey.pemRepresentation.utf8), Array(key.publicKey.rawRepresentation),
                Array(key.publicKey.derRepresentation),
            ]
            for secret in shared {
                house.pretend.change { state in
                    state.header = ["alg": #""HS256""#]
                    state.signature = { text in
                        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: secret)))
                    }
                }
                await #expect(throws: Failure.providerNotBelieved) { try await house.signIn(as: "uma@example.com") }
                #expect(try await house.problem() == "token.algorithm")
            }
        }
    }

    @Test(
        "A state works once, in the browser that began, for ten minutes, at its provider",
        arguments: Engine.available
    )
    func states(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let other = try await house.providers.add(ProviderHouse.change(name: "Other"), in: house.cast.root.scope)
            func begun() async throws -> ProviderHouse.Question {
                let question = try await house.begin()
                house.pretend.change { $0.claims = house.claims(of: "uma@example.com", for: question) }
                return question
            }
            let used = try await begun()
            #expect(try await house.finish(used).account?.id == house.cast.uma.id)
            let foreign = try await begun()
            let old = try await begun()
            let crossed = try await begun()
            await #expect(throws: Failure.attemptGone) { try await house.finish(used) }
            await #expect(throws: Failure.attemptGone) { try await house.finish(foreign, browser: old.browser) }
            await #expect(throws: Failure.attemptGone) { try await house.finish(foreign, browser: "") }
            await #expect(throws: Failure.attemptGone) { try await house.finish(crossed, at: other) }
            house.world.advance(by: .minutes(10))
            await #expect(throws: Failure.attemptGone) { try await house.finish(old) }
            #expect(try await house.problem() == "no_attempt")
        }
    }

    @Test("Of many who come back with one state at once, one gets in", arguments: Engine.available)
    func race(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let question = try await house.begin()
            house.pretend.change { $0.claims = house.claims(of: "uma@example.com", for: question) }
            let signedIn = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 { group.addTask { (try? await house.finish(question)) != nil } }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(signedIn == 1)
        }
    }

    @Test("New keys are fetched once, and not again within a minute", arguments: Engine.available)
    func keyChange(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            _ = try await house.signIn(as: "uma@example.com")
            let newKey = ProviderKey(id: "key-2", material: .ed25519(Curve25519.Signing.PrivateKey()))
            house.pretend.change { $0.key = newKey }
            func fetches() -> Int { house.pretend.looked { $0.calls.count { $0 == "/keys" } } }
            #expect(fetches() == 1)
            await #expect(throws: Failure.providerNotBelieved) { try await house.signIn(as: "uma@example.com") }
            #expect(fetches() == 1)
            house.world.advance(by: .minutes(1))
            await #expect(throws: Failure.providerNotBelieved) { try await house.signIn(as: "uma@example.com") }
            #expect(fetches() == 2)
            house.world.advance(by: .minutes(1))
            house.pretend.change { $0.known.append(newKey) }
            #expect(try await house.signIn(as: "uma@example.com").account?.id == house.cast.uma.id)
            #expect(fetches() == 3)
        }
    }

    @Test("What the provider answers instead of a code has words, and is written down", arguments: Engine.available)
    func errors(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let denied = try await house.begin()
            await #expect(throws: Failure.providerDenied) { try await house.finish(denied, error: "access_denied") }
            #expect(try await house.problem() == "answer.access_denied")
            let stateless = ProviderHouse.Question(fields: [:], browser: denied.browser)
            await #expect(throws: Failure.providerDenied) { try await house.finish(stateless, error: "access_denied") }
            let broken = try await house.begin()
            await #expect(throws: Failure.providerUnreachable) { try await house.finish(broken, error: "server_error") }
            let refused = try await house.begin()
            house.pretend.change { $0.refusal = "invalid_grant" }
            await #expect(throws: Failure.attemptGone) { try await house.finish(refused) }
            #expect(try await house.problem() == "code_refused")
            let unlucky = try await house.begin()
            house.pretend.change { $0.isDown = true }
            await #expect(throws: Failure.providerUnreachable) { try await house.finish(unlucky) }
            #expect(try await house.problem() == "unreachable")
        }
    }
}

extension Base64URL {
    fileprivate static func standard(_ text: String) -> String {
        let encoded = encode(Array(text.utf8)).replacing("-", with: "+").replacing("_", with: "/")
        return encoded + String(repeating: "=", count: (4 - encoded.utf8.count % 4) % 4)
    }
}
