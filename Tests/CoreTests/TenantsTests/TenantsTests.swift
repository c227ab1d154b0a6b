import Core
import Persistence
import TestSupport
import Testing

@Suite("Tenants")
struct TenantsTests {
    @Test("The platform is the first tenant and serves every host that nobody claimed", arguments: Engine.available)
    func platform(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let tenants = Tenants(database: database, effects: TestEffects().effects)
            let tenant = try await tenants.serving(host: "anything.example:8080")
            #expect(tenant.id == .platform)
            #expect(try await tenants.serving(host: "\u{0}<script>").id == .platform)
            #expect(try await tenants.find(.platform) == tenant)
        }
    }

    @Test("A claimed host leads to its brand, however it is written", arguments: Engine.available)
    func claimedHost(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let tenants = Tenants(database: database, effects: TestEffects().effects)
            let brand = try await tenants.create(name: "Rita's films", in: .system())
            try await tenants.claim(host: "Films.Example.com:443", for: brand.id, in: .system())
            #expect(try await tenants.serving(host: "films.example.COM.") == brand)
            #expect(try await tenants.serving(host: "example.com").id == .platform)
        }
    }

    @Test("A host belongs to one brand", arguments: Engine.available)
    func oneBrand(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let tenants = Tenants(database: database, effects: TestEffects().effects)
            let first = try await tenants.create(name: "First", in: .system())
            let second = try await tenants.create(name: "Second", in: .system())
            try await tenants.claim(host: "tv.example.com", for: first.id, in: .system())
            let failure = await #expect(throws: Failure.self) {
                try await tenants.claim(host: "TV.example.com", for: second.id, in: .system())
            }
            #expect(failure?.fields.map(\.field) == ["host"])
            #expect(try await tenants.serving(host: "tv.example.com") == first)
        }
    }

    @Test("Another server's change of hosts is noticed within ten seconds", arguments: Engine.available)
    func noticed(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let world = TestEffects()
            let here = Tenants(database: database, effects: world.effects)
            let there = Tenants(database: database, effects: world.effects)
            #expect(try await here.serving(host: "tv.example.com").id == .platform)
            let brand = try await there.create(name: "Brand", in: .system())
            try await there.claim(host: "tv.example.com", for: brand.id, in: .system())
            world.advance(by: .seconds(10))
            #expect(try await here.serving(host: "tv.example.com") == brand)
        }
    }

    @Test("Only who manages everything makes brands", arguments: Engine.available)
    func onlyAdministrators(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let cast = try await Cast(on: database)
            let tenants = Tenants(database: database, effects: TestEffects().effects)
            await #expect(throws: Failure.forbidden) { try await tenants.create(name: "Mine", in: cast.rita.scope) }
            await #expect(throws: Failure.notSignedIn) {
                try await tenants.create(name: "Mine", in: .visitor(tenant: .platform))
            }
            _ = try await tenants.create(name: "Mine", in: cast.root.scope)
        }
    }

    @Test(
        "What is no host name is none",
        arguments: [
            "", ".", "a..b", "-a.example", "a-.example", "a_b.example", "ä.example", String(repeating: "a", count: 64),
        ]
    )
    func badHosts(text: String) {
        #expect(HostName(text) == nil)
    }
}
