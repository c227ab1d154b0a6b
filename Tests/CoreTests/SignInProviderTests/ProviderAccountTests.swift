import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Which account a provider signs in")
struct ProviderAccountTests {
    @Test("An address that either side has not verified links nothing", arguments: Engine.available)
    func unverified(engine: Engine) async throws {
        try await ProviderHouse.with(engine, opensAccounts: true) { house async throws in
            let uma = house.cast.uma
            for claim in ["false", "", #""false""#] {
                await #expect(throws: Failure.providerAddressUnverified) {
                    try await house.signIn(as: uma.email, bent: ["email_verified": claim])
                }
            }
            await #expect(throws: Failure.providerAddressUnverified) {
                try await house.signIn(as: uma.email, bent: ["email": ""])
            }
            try await house.verify(uma, is: false)
            await #expect(throws: Failure.ownAddressUnverified) { try await house.signIn(as: uma.email) }
            #expect(try await house.problem() == "own_address_unverified")
            #expect(try await house.providers.identities(in: uma.scope).isEmpty)
        }
    }

    @Test("Another tenant's provider is not there", arguments: Engine.available)
    func foreignTenant(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let tenants = Tenants(database: house.database, effects: house.world.effects)
            let brand = try await tenants.create(name: "Another brand", in: house.cast.root.scope)
            let elsewhere = Scope.visitor(tenant: brand.id)
            #expect(try await house.providers.buttons(in: elsewhere).isEmpty)
            await #expect(throws: Failure.notFound) { try await house.begin(in: elsewhere) }
            let question = try await house.begin()
            house.pretend.change { $0.claims = house.claims(of: "uma@example.com", for: question) }
            await #expect(throws: Failure.notFound) { try await house.finish(question, in: elsewhere) }
            let manager = Scope.system(tenant: brand.id)
            await #expect(throws: Failure.notFound) { try await house.providers.find(house.id, in: manager) }
            await #expect(throws: Failure.notFound) { try await house.providers.remove(house.id, in: manager) }
        }
    }

    @Test("Suspended and closed accounts stay out, linked or not", arguments: Engine.available)
    func suspended(engine: Engine) async throws {
        try await ProviderHouse.with(engine, opensAccounts: true) { house async throws in
            let (uma, otto, root) = (house.cast.uma, house.cast.otto, house.cast.root)
            _ = try await house.signIn(as: uma.email)
            try await house.accounts.setStatus(.suspended, of: uma.id, in: root.scope)
            try await house.accounts.setStatus(.suspended, of: otto.id, in: root.scope)
            await #expect(throws: Failure.providerAccountClosed) { try await house.signIn(as: uma.email) }
            await #expect(throws: Failure.providerAccountClosed) {
                try await house.signIn(as: otto.email, subject: "sub-2")
            }
            #expect(try await house.problem() == "account_not_active")
        }
    }

    @Test("Whoever has a second factor is asked for it", arguments: Engine.available)
    func secondFactor(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let uma = house.cast.uma
            let factors = SecondFactors(accounts: house.accounts, secretKey: ProviderHouse.secretKey)
            let factorHouse = SecondFactorHouse(
                database: house.database,
                world: house.world,
                accounts: house.accounts,
                sessions: Sessions(database: house.database, effects: house.world.effects),
                factors: factors,
                cast: house.cast
            )
            try await factorHouse.turnOn(for: uma)
            guard case .secondStep(let token, let next) = try await house.signIn(as: uma.email) else {
                return #expect(Bool(false), "no second step")
            }
            #expect(next == "/media")
            let end = try await factorHouse.finish(token, try await factorHouse.code(of: uma))
            #expect(end.isSignedIn)
        }
    }

    @Test(
        "A stranger gets an account only where the provider may open some",
        arguments: Engine.available,
        [true, false]
    )
    func newAccounts(engine: Engine, opens: Bool) async throws {
        try await ProviderHouse.with(engine, opensAccounts: opens) { house async throws in
            guard opens else {
                await #expect(throws: Failure.providerOpensNoAccounts) { try await house.signIn(as: "new@example.com") }
                return
            }
            let account = try #require(try await house.signIn(as: "new@example.com").account)
            #expect(account.username == "Jorg.von.Media" && account.typeCode == "basic" && account.isEmailVerified)
            #expect(try await house.signIn(as: "new@example.com").account?.id == account.id)
            let second = try await house.signIn(as: "second@example.com", subject: "sub-2").account
            #expect(second?.username == "Jorg.von.Media-2")
            let policies = Policies(database: house.database, effects: house.world.effects)
            #expect(try await policies.acceptances(of: account.id, in: .system()).count == PolicyKind.allCases.count)
        }
    }

    @Test("One's own account is linked and unlinked, but never without another way in", arguments: Engine.available)
    func linkAndUnlink(engine: Engine) async throws {
        try await ProviderHouse.with(engine, opensAccounts: true) { house async throws in
            let (uma, otto) = (house.cast.uma, house.cast.otto)
            let question = try await house.begin(isLinking: true, in: uma.scope)
            house.pretend.change { $0.claims = house.claims(of: "private@example.org", for: question) }
            #expect(try await house.finish(question, in: uma.scope) == .linked(provider: "Example"))
            let mine = try #require(try await house.providers.identities(in: uma.scope).first)
            #expect(mine.email == "private@example.org")

            let taken = try await house.begin(isLinking: true, in: otto.scope)
            house.pretend.change { $0.claims = house.claims(of: "private@example.org", for: taken) }
            await #expect(throws: Failure.identityTaken) { try await house.finish(taken, in: otto.scope) }
            let swapped = try await house.begin(isLinking: true, in: otto.scope)
            await #expect(throws: Failure.attemptGone) { try await house.finish(swapped, in: uma.scope) }
            await #expect(throws: Failure.attemptGone) { try await house.finish(swapped) }

            await #expect(throws: Failure.notFound) { try await house.providers.unlink(mine.publicID, in: otto.scope) }
            try await house.providers.unlink(mine.publicID, in: uma.scope)
            #expect(try await house.providers.identities(in: uma.scope).isEmpty)

            let account = try #require(try await house.signIn(as: "new@example.com").account)
            let scope = try await house.accounts.scope(for: account.id)
            let only = try #require(try await house.providers.identities(in: scope).first)
            await #expect(throws: Failure.lastWayIn) { try await house.providers.unlink(only.publicID, in: scope) }
            #expect(try await house.providers.identities(in: scope).count == 1)
        }
    }

    @Test("What is left of it is gone with the account", arguments: Engine.available)
    func erasure(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let uma = house.cast.uma
            _ = try await house.signIn(as: uma.email)
            _ = try await house.begin(isLinking: true, in: uma.scope)
            try await house.database.write { db in
                for statement in ClosingQueries.personalRows(of: uma.id) { try db.execute(statement) }
            }
            let left = try await house.database.read { db in
                try db.exists("SELECT 1 FROM provider_identity WHERE account_id = \(uma.id)")
                    || db.exists("SELECT 1 FROM provider_attempt WHERE account_id = \(uma.id)")
            }
            #expect(!left)
        }
    }
}
