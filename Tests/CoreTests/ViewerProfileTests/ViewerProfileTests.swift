import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Profiles of those who share an account")
struct ViewerProfileTests {
    @Test("An account begins with one profile of its name; nobody has to choose", arguments: Engine.available)
    func beginning(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let browser = try await house.browser(of: house.cast.uma)
            let session = try await browser.session
            let only = try #require(try await house.profiles.list(in: house.cast.uma.scope).first)
            #expect(only.name == "uma" && only.isDefault && only.ageLimit == nil && !only.hasPIN)
            #expect(session.profile == only && !session.hasToChoose)
            #expect(try await browser.scope.watching == Watching(profile: only.id, ageLimit: nil))
        }
    }

    @Test("Where there is a choice it has to be made, in each browser for itself", arguments: Engine.available)
    func choice(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let (first, second) = (
                try await house.browser(of: house.cast.uma), try await house.browser(of: house.cast.uma)
            )
            let mia = try await house.add("Mia", by: first)
            #expect(try await first.session.hasToChoose)
            #expect(try await first.scope.watching == nil)
            try await first.choose(mia)
            let chosen = try await first.session
            #expect(chosen.profile?.name == "Mia" && !chosen.hasToChoose)
            #expect(try await second.session.hasToChoose)
            #expect(try await house.actions().prefix(2) == ["profile.chosen", "profile.added"])
        }
    }

    @Test("Profiles of others are not there, whoever they are", arguments: Engine.available)
    func foreign(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let umas = try await house.browser(of: house.cast.uma)
            let mia = try await house.add("Mia", by: umas)
            let change = try ViewerProfileChange(name: "Mine", picture: "cat", colour: "sun", ageLimit: "")
            for member in [house.cast.otto, house.cast.sam, house.cast.root] {
                let browser = try await house.browser(of: member)
                let (scope, profiles) = (try await browser.scope, house.profiles)
                await #expect(throws: Failure.notFound) { try await profiles.find(mia, in: scope) }
                await #expect(throws: Failure.notFound) { try await browser.choose(mia) }
                await #expect(throws: Failure.notFound) { try await profiles.change(mia, change, .none, in: scope) }
                await #expect(throws: Failure.notFound) {
                    try await profiles.remove(mia, .none, from: browser.id, in: scope)
                }
            }
            // Nor does one's own profile get into somebody else's browser.
            let ottos = try await house.browser(of: house.cast.otto)
            let scope = try await umas.scope
            await #expect(throws: Failure.notFound) {
                try await house.profiles.choose(mia, .none, for: ottos.id, in: scope)
            }
            #expect(try await ottos.session.profile?.name == "otto")
            #expect(try await house.profiles.list(in: house.cast.uma.scope).map(\.name) == ["uma", "Mia"])
        }
    }

    @Test("An account has at most eight, also when they are made at once", arguments: Engine.available)
    func limit(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let browser = try await house.browser(of: house.cast.uma)
            let made = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<12 {
                    group.addTask { (try? await house.add("Child \(number)", by: browser)) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(made == 7)
            #expect(try await house.profiles.list(in: house.cast.uma.scope).count == 8)
            await #expect(throws: Failure.tooManyProfiles) { try await house.add("Ninth", by: browser) }
        }
    }

    @Test("Names, pictures, age limits and PINs that break a rule are named, field by field")
    func rules() throws {
        func problems(_ name: String, _ picture: String, _ limit: String, _ pin: String) -> [String] {
            do {
                _ = try ViewerProfileChange(name: name, picture: picture, colour: "sea", ageLimit: limit, pin: pin)
                return []
            } catch {
                return error.fields.map(\.field)
            }
        }
        #expect(problems("", "dragon", "7", "12a4") == ["name", "picture", "age_limit", "pin"])
        #expect(problems("two\nlines", "fox", "", "123") == ["name", "pin"])
        #expect(problems(String(repeating: "x", count: 33), "fox", "18", "123456789") == ["name", "pin"])
        #expect(problems("Zoë 👩‍🚀", "fox", "6", "12345678").isEmpty)
        #expect(problems("Uma", "fox", "", "٤٢٤٢") == ["pin"])
    }

    @Test("The last one without an age limit stays, and the first one never gets a limit", arguments: Engine.available)
    func last(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let uma = house.cast.uma
            let browser = try await house.browser(of: uma)
            let first = try #require(try await house.profiles.list(in: uma.scope).first).publicID
            await #expect(throws: Failure.lastProfile) {
                try await house.profiles.remove(first, .none, from: browser.id, in: uma.scope)
            }
            try await house.add("Mia", limit: "6", by: browser)
            await #expect(throws: Failure.lastProfile) {
                try await house.profiles.remove(first, .none, from: browser.id, in: uma.scope)
            }
            let limited = try ViewerProfileChange(name: "Uma", picture: "fox", colour: "sea", ageLimit: "12")
            let failure = await #expect(throws: Failure.self) {
                try await house.profiles.change(first, limited, .none, in: uma.scope)
            }
            #expect(failure?.fields.map(\.field) == ["age_limit"])

            let heir = try await house.add("Umberto", by: browser)
            try await house.profiles.remove(first, .none, from: browser.id, in: uma.scope)
            let left = try await house.profiles.list(in: uma.scope)
            #expect(left.map(\.name) == ["Umberto", "Mia"] && left.first?.publicID == heir)
            #expect(left.first?.isDefault == true)
        }
    }

    @Test("When a profile goes, its browsers ask anew; those of a child are logged out", arguments: Engine.available)
    func removal(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let uma = house.cast.uma
            let (own, other, childs) = (
                try await house.browser(of: uma), try await house.browser(of: uma), try await house.browser(of: uma)
            )
            let max = try await house.add("Max", by: own)
            let mia = try await house.add("Mia", limit: "6", by: own)
            try await other.choose(max)
            try await childs.choose(mia)
            try await house.profiles.remove(max, .none, from: own.id, in: uma.scope)
            try await house.profiles.remove(mia, .none, from: own.id, in: uma.scope)
            let asked = try await other.session
            #expect(asked.profile?.name == "uma" && !asked.hasToChoose)
            #expect(try await house.sessions.resume(childs.token) == nil)
        }
    }

    @Test("Erasing an account leaves none of its profiles", arguments: Engine.available)
    func erasure(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let browser = try await house.browser(of: house.cast.uma)
            try await house.add("Mia", limit: "6", pin: "1234", by: browser)
            try await house.house.database.write { db in
                for statement in ClosingQueries.personalRows(of: house.cast.uma.id) { try db.execute(statement) }
            }
            let left = "SELECT COUNT(*) FROM profile WHERE account_id = \(house.cast.uma.id)" as SQL
            #expect(try await house.house.count(left) == 0)
        }
    }
}
