import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("PINs, and getting out of a child's profile")
struct ProfileDoorTests {
    @Test("A PIN opens its profile, a wrong one does not and is written down", arguments: Engine.available)
    func pin(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let browser = try await house.browser(of: house.cast.uma)
            let max = try await house.add("Max", pin: "4711", by: browser)
            for (key, field) in [
                (ProfileKey.none, "profile_pin"), (.pin("0000"), "profile_pin"), (.pin("47"), "profile_pin"),
            ] {
                let failure = await #expect(throws: Failure.self) { try await browser.choose(max, key) }
                #expect(failure?.fields.map(\.field) == [field])
            }
            // The account's password is no PIN.
            await #expect(throws: Failure.self) { try await browser.choose(max, .password(of: house.cast.uma)) }
            #expect(try await browser.session.hasToChoose)
            try await browser.choose(max, .pin("4711"))
            #expect(try await browser.session.profile?.name == "Max")
            #expect(try await house.actions().filter { $0 == "profile.pin_refused" }.count == 1)
            let stored = "SELECT COUNT(*) FROM profile WHERE pin = '4711'" as SQL
            #expect(try await house.house.count(stored) == 0)
        }
    }

    @Test("Of fifty wrong guesses at once five are counted, and no more is hashed", arguments: Engine.available)
    func storm(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let browser = try await house.browser(of: house.cast.uma)
            let max = try await house.add("Max", pin: "4711", by: browser)
            let scope = try await browser.scope
            let before = house.passwords.counts.verified
            let kinds = await withTaskGroup(of: Failure.Kind?.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        do {
                            try await house.profiles.choose(max, .pin("\(5000 + number)"), for: browser.id, in: scope)
                            return nil
                        } catch {
                            return (error as? Failure)?.kind
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(kinds.filter { $0 == .invalid }.count == 5 && kinds.filter { $0 == .tooMany }.count == 45)
            #expect(house.passwords.counts.verified - before == 5)
            let counted = "SELECT wrong_pins FROM profile WHERE public_id = \(max)" as SQL
            #expect(try await house.house.count(counted) == 5)
            #expect(try await house.actions().filter { $0 == "profile.pin_refused" }.count == 5)
        }
    }

    @Test("The wait grows with each wrong guess, and a right one ends it", arguments: Engine.available)
    func wait(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let browser = try await house.browser(of: house.cast.uma)
            let max = try await house.add("Max", pin: "4711", by: browser)
            for _ in 0..<5 { await #expect(throws: Failure.self) { try await browser.choose(max, .pin("0000")) } }
            for minutes: Int64 in [1, 2, 4] {
                let failure = await #expect(throws: Failure.self) { try await browser.choose(max, .pin("4711")) }
                #expect(failure?.kind == .tooMany && failure?.retryAfter == .minutes(minutes))
                house.house.clock.advance(by: .minutes(minutes))
                await #expect(throws: Failure.self) { try await browser.choose(max, .pin("0000")) }
            }
            house.house.clock.advance(by: .minutes(8))
            try await browser.choose(max, .pin("4711"))
            #expect(PINPause.length(after: 4) == nil && PINPause.length(after: 100) == .days(1))
            let counted = "SELECT wrong_pins FROM profile WHERE public_id = \(max)" as SQL
            #expect(try await house.house.count(counted) == 0)
        }
    }

    @Test("A child gets out by a PIN of who has one, else by the account's password alone", arguments: Engine.available)
    func child(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let uma = house.cast.uma
            let browser = try await house.browser(of: uma)
            let first = try #require(try await house.profiles.list(in: uma.scope).first).publicID
            let max = try await house.add("Max", pin: "4711", by: browser)
            let mia = try await house.add("Mia", limit: "6", by: browser)
            try await browser.choose(mia)

            for key in [ProfileKey.none, .pin("4711"), .password("wrong")] {
                let failure = await #expect(throws: Failure.self) { try await browser.choose(first, key) }
                #expect(failure?.fields.map(\.field) == ["current_password"])
            }
            #expect(try await browser.session.profile?.name == "Mia")
            try await browser.choose(max, .pin("4711"))
            try await browser.choose(mia)
            try await browser.choose(first, .password(of: uma))
            #expect(try await browser.session.profile?.name == "uma")
        }
    }

    @Test(
        "From a child's profile nothing is changed without the password, not even with a sister's PIN",
        arguments: Engine.available
    )
    func manage(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let uma = house.cast.uma
            let browser = try await house.browser(of: uma)
            let mia = try await house.add("Mia", limit: "6", pin: "1111", by: browser)
            let lea = try await house.add("Lea", limit: "12", pin: "2222", by: browser)
            try await browser.choose(mia, .pin("1111"))
            let scope = try await browser.scope
            let grown = try ViewerProfileChange(name: "Grown up", picture: "fox", colour: "sea", ageLimit: "")

            await #expect(throws: Failure.self) { try await house.add("Way out", by: browser) }
            for (profile, pin) in [(mia, "1111"), (lea, "2222")] {
                let failure = await #expect(throws: Failure.self) {
                    try await house.profiles.change(profile, grown, .pin(pin), in: scope)
                }
                #expect(failure?.fields.map(\.field) == ["current_password"])
                await #expect(throws: Failure.self) {
                    try await house.profiles.remove(profile, .pin(pin), from: browser.id, in: scope)
                }
            }
            try await house.profiles.change(lea, grown, .password(of: uma), in: scope)
            #expect(try await house.profiles.find(lea, in: scope).name == "Grown up")
        }
    }

    @Test(
        "A profile with a PIN is changed by who has the PIN, or the password if it is forgotten",
        arguments: Engine.available
    )
    func forgotten(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let uma = house.cast.uma
            let browser = try await house.browser(of: uma)
            let max = try await house.add("Max", pin: "4711", by: browser)
            let scope = try await browser.scope
            let open = try ViewerProfileChange(
                name: "Max",
                picture: "fox",
                colour: "sea",
                ageLimit: "",
                pin: "",
                removesPIN: true
            )
            await #expect(throws: Failure.self) { try await house.profiles.change(max, open, .none, in: scope) }
            await #expect(throws: Failure.self) { try await house.profiles.change(max, open, .pin("0815"), in: scope) }
            try await house.profiles.change(max, open, .password(of: uma), in: scope)
            try await browser.choose(max)
        }
    }

    @Test(
        "A child's profile may look and do nothing else; its tokens are nobody's way out",
        arguments: Engine.available
    )
    func permissions(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let root = house.cast.root
            let browser = try await house.browser(of: root)
            let mia = try await house.add("Mia", limit: "6", by: browser)
            try await browser.choose(mia)
            let session = try await browser.session
            #expect(session.permissions == [.download] && session.scope(origin: nil).permissions == [.download])
        }
    }

    @Test("Who acts for somebody has neither their profiles nor their limits", arguments: Engine.available)
    func acting(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let uma = house.cast.uma
            let max = try await house.add("Max", pin: "4711", by: try await house.browser(of: uma))
            let token = try await Impersonations(accounts: house.accounts)
                .start(uma.account.publicID, reason: "They asked for help", in: house.cast.root.scope)
            let session = try #require(try await house.sessions.resume(token))
            let scope = session.scope(origin: nil)
            #expect(session.profile == nil && !session.hasToChoose && scope.watching == nil)
            await #expect(throws: Failure.notWhileActing) {
                try await house.profiles.choose(max, .pin("4711"), for: session.id, in: scope)
            }
        }
    }
}
