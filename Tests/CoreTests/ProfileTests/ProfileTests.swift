import Integrations
import TestSupport
import Testing

@testable import Core

@Suite("One's own profile")
struct ProfileTests {
    @Test("A name and a language are kept, and empty fields take them away", arguments: Engine.available)
    func change(engine: Engine) async throws {
        try await withMailHouse(engine) { house async throws in
            let (profiles, uma) = (Profiles(database: house.database, effects: house.world.effects), house.cast.uma)
            try await profiles.change(
                ProfileChange(displayName: " Uma Ⅷ 👩‍🚀 ", language: "de"),
                languages: ["en", "de"],
                in: uma.scope
            )
            let changed = try await house.accounts.find(uma.id, in: uma.scope)
            #expect(changed.displayName == "Uma Ⅷ 👩‍🚀" && changed.language == "de")
            #expect(try await house.actions().first == "account.profile_changed")

            try await profiles.change(
                ProfileChange(displayName: "", language: ""),
                languages: ["en", "de"],
                in: uma.scope
            )
            let plain = try await house.accounts.find(uma.id, in: uma.scope)
            #expect(plain.displayName == nil && plain.language == nil && plain.name == "uma")
        }
    }

    @Test("What changes nothing leaves no trace", arguments: Engine.available)
    func nothing(engine: Engine) async throws {
        try await withMailHouse(engine) { house async throws in
            let before = try await house.actions().count
            let profiles = Profiles(database: house.database, effects: house.world.effects)
            let change = ProfileChange(displayName: "  ", language: "")
            try await profiles.change(change, languages: ["en"], in: house.cast.uma.scope)
            #expect(try await house.actions().count == before)
        }
    }

    @Test(
        "Names of several lines, invisible or too long, and unknown languages are refused",
        arguments: Engine.available
    )
    func refusals(engine: Engine) async throws {
        try await withMailHouse(engine) { house async throws in
            let (profiles, uma) = (Profiles(database: house.database, effects: house.world.effects), house.cast.uma)
            let long = String(repeating: "x", count: 65)
            for name in [long, "two\nlines", "turned \u{202E}around", "\u{200B}", "\u{200D}", "nul\u{0}"] {
                let change = ProfileChange(displayName: name, language: "tlh")
                let failure = await #expect(throws: Failure.self) {
                    try await profiles.change(change, languages: ["en", "de"], in: uma.scope)
                }
                #expect(failure?.fields.map(\.field) == ["display_name", "language"], "\(name)")
            }
            #expect(try await house.accounts.find(uma.id, in: uma.scope).displayName == nil)
            await #expect(throws: Failure.notSignedIn) {
                let change = ProfileChange(displayName: "x", language: "")
                try await profiles.change(change, languages: [], in: house.visitor)
            }
        }
    }

    @Test("Mails come in the chosen language and call people by their name", arguments: Engine.available)
    func mail(engine: Engine) async throws {
        try await withMailHouse(engine) { house async throws in
            let nora = try await house.register("nora")
            try await house.runJobs()
            let scope = try await house.accounts.scope(for: nora.id)
            let profiles = Profiles(database: house.database, effects: house.world.effects)
            let change = ProfileChange(displayName: "Nora Nord", language: "en")
            try await profiles.change(change, languages: ["en", "de"], in: scope)

            try await house.accounts.askForLink(.reset, to: nora.email, language: "de", in: house.visitor)
            for _ in 0..<2 { try await house.runJobs() }
            let mail = try #require(house.bag.delivered.last)
            #expect(mail.html == "en" && mail.to.name == "Nora Nord")
        }
    }
}
