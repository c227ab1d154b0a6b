import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Providers in an administrator's hands")
struct SignInProvidersTests {
    @Test(
        "A provider is added, changed, switched off and removed, and each is written down",
        arguments: Engine.available
    )
    func life(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let root = house.cast.root.scope
            #expect(try await house.providers.buttons(in: ProviderHouse.visitor).map(\.name) == ["Example"])
            let off = ProviderHouse.change(name: "Renamed", clientSecret: "", isEnabled: false)
            try await house.providers.edit(house.id, off, in: root)
            #expect(try await house.providers.buttons(in: ProviderHouse.visitor).isEmpty)
            let provider = try await house.providers.find(house.id, in: root)
            #expect(provider.name == "Renamed" && provider.hasSecret && !provider.isEnabled)
            await #expect(throws: Failure.notFound) { try await house.begin() }
            try await house.providers.remove(house.id, in: root)
            #expect(try await house.providers.list(in: root).isEmpty)

            let events = try await house.events().filter { $0.action.hasPrefix("sign_in_provider.") }
            let actions = ["sign_in_provider.removed", "sign_in_provider.changed", "sign_in_provider.added"]
            #expect(events.map(\.action) == actions)
            #expect(events[1].personal?.details["name.before"] == "Example")
            #expect(!events.contains { $0.personal?.details.values.contains { $0.contains("hush") } ?? false })
        }
    }

    @Test("The secret does not lie in the database", arguments: Engine.available)
    func secrecy(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let kept = try await house.database.read { db in
                try db.value("SELECT client_secret FROM sign_in_provider", as: [UInt8].self)
            }
            let sealed = try #require(kept)
            #expect(!String(decoding: sealed, as: UTF8.self).contains("hush"))
            #expect(house.providers.seal.open(sealed, for: house.id) == Array("hush & 100%".utf8))
            #expect(house.providers.seal.open(sealed, for: "another") == nil)
        }
    }

    @Test(
        "An issuer is https, or this very machine",
        arguments: [
            ("http://accounts.example.net", false), ("ftp://accounts.example.net", false), ("accounts", false),
            ("", false),
            ("https://user:secret@example.net", false), ("https://example.net/?a=b", false),
            ("https://example.net/#x", false), ("http://127.0.0.1.example.net", false), ("javascript:alert(1)", false),
            ("http://127.0.0.1:8081", true), ("http://localhost:9", true), ("http://[::1]:9/realms/x", true),
            ("https://login.example.net/realms/media", true),
        ]
    )
    func issuers(text: String, isFine: Bool) async throws {
        try await ProviderHouse.with(.sqlite) { house async throws in
            let change = ProviderHouse.change(issuer: text)
            if isFine {
                try await house.providers.add(change, in: house.cast.root.scope)
            } else {
                let failure = await #expect(throws: Failure.self) {
                    try await house.providers.add(change, in: house.cast.root.scope)
                }
                #expect(failure?.fields.map(\.field) == ["issuer"])
            }
        }
    }

    @Test("Only who manages all of it comes near", arguments: Engine.available)
    func rights(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            for member in [house.cast.rita, house.cast.uma] {
                await #expect(throws: Failure.forbidden) { try await house.providers.list(in: member.scope) }
                await #expect(throws: Failure.forbidden) {
                    try await house.providers.add(ProviderHouse.change(), in: member.scope)
                }
                await #expect(throws: Failure.forbidden) {
                    try await house.providers.edit(house.id, ProviderHouse.change(), in: member.scope)
                }
                await #expect(throws: Failure.forbidden) {
                    try await house.providers.remove(house.id, in: member.scope)
                }
                await #expect(throws: Failure.forbidden) {
                    _ = try await house.providers.check(house.id, in: member.scope)
                }
            }
        }
    }

    @Test("“Try it” says what is wrong", arguments: Engine.available)
    func trying(engine: Engine) async throws {
        try await ProviderHouse.with(engine) { house async throws in
            let root = house.cast.root.scope
            #expect(try await house.providers.check(house.id, in: root) == nil)
            house.pretend.change { $0.issuer = "https://other.example.net" }
            #expect(try await house.providers.check(house.id, in: root) == .otherIssuer)
            house.pretend.change { $0.isDown = true }
            #expect(try await house.providers.check(house.id, in: root) == .unreachable("Connection refused"))
        }
    }
}
