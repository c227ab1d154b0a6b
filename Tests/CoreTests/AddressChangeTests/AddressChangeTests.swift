import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Another address for an account")
struct AddressChangeTests {
    private func changes(_ house: MailHouse) -> AddressChanges { AddressChanges(accounts: house.accounts) }

    /// Asks, and sends the mails.
    private func ask(_ email: String, _ member: Cast.Member, _ house: MailHouse) async throws {
        try await changes(house).ask(email, language: "en", in: member.scope)
        try await house.runJobs()
    }

    private func change(to email: String, _ member: Cast.Member, _ house: MailHouse) async throws {
        try await ask(email, member, house)
        try await changes(house).confirm(token: house.token(.confirmAddress), language: "en", in: house.visitor)
        try await house.runJobs()
    }

    private func now(_ member: Cast.Member, _ house: MailHouse) async throws -> Account {
        try await house.accounts.find(member.id, in: .system())
    }

    private func letters(_ house: MailHouse) -> [String] {
        house.bag.delivered.map { "\($0.subject) \($0.to.address)" }
    }

    @Test(
        "Nothing changes before the link at the new address is used, once; the old one is told both times",
        arguments: Engine.available
    )
    func confirmed(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (changes, uma) = (changes(house), house.cast.uma)
            try await ask(" New@Example.org ", uma, house)
            #expect(letters(house) == ["confirm_address New@Example.org", "address_asked uma@example.com"])
            let token = house.token(.confirmAddress)
            #expect(try await changes.confirmable(by: token).newEmail == "New@Example.org")
            #expect(try await changes.asked(in: uma.scope)?.newEmail == "New@Example.org")
            #expect(try await now(uma, house).email == uma.email, "looking changes nothing")

            try await changes.confirm(token: token, language: "en", in: house.visitor)
            let account = try await now(uma, house)
            #expect(account.email == "New@Example.org" && account.emailVerifiedAt == house.world.now)
            #expect(try await changes.asked(in: uma.scope) == nil)
            await #expect(throws: Failure.addressLinkGone) {
                try await changes.confirm(token: token, language: "en", in: house.visitor)
            }
            try await house.runJobs()
            #expect(letters(house).last == "address_changed uma@example.com")
            #expect(try await house.actions().contains("account.address_changed"))
        }
    }

    @Test("An address that is taken answers the same, and its owner is told instead", arguments: Engine.available)
    func taken(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (changes, uma, otto) = (changes(house), house.cast.uma, house.cast.otto)
            try await ask("OTTO@example.com", uma, house)
            #expect(try await changes.asked(in: uma.scope)?.newEmail == "OTTO@example.com")
            #expect(letters(house) == ["address_taken OTTO@example.com", "address_asked uma@example.com"])
            #expect(house.token(.addressTaken).isEmpty)
            let sent = try await house.mails(of: uma.account)
            #expect(sent.map(\.state) == [.sent, .sent], "what uma could read of her mails says nothing either")
            #expect(try await now(uma, house).email == uma.email)
            #expect(try await now(otto, house).email == otto.email)
        }
    }

    @Test("Somebody who got the address meanwhile keeps it", arguments: Engine.available)
    func takenMeanwhile(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            try await ask("nora@example.com", house.cast.uma, house)
            _ = try await house.register("nora")
            await #expect(throws: Failure.addressTakenMeanwhile) {
                let token = house.token(.confirmAddress)
                try await changes(house).confirm(token: token, language: "en", in: house.visitor)
            }
        }
    }

    @Test(
        "The old address takes the account back from whoever sits in it, whatever they did since",
        arguments: Engine.available
    )
    func takenBack(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (changes, uma) = (changes(house), house.cast.uma)
            let session = try await house.sessions.start(for: uma.id, in: uma.scope).token
            try await change(to: "thief@example.org", uma, house)
            let token = house.token(.addressChanged)
            // The thief goes on to another address, and keeps a link of their own.
            house.world.advance(by: .hours(2))
            try await change(to: "thief2@example.org", uma, house)
            let thiefs = house.token(.addressChanged)
            house.world.advance(by: .days(6))

            #expect(try await changes.revertible(by: token).oldEmail == uma.email)
            try await changes.revert(token: token, language: "en", in: house.visitor)
            let account = try await now(uma, house)
            #expect(account.email == uma.email && account.isEmailVerified)
            #expect(try await house.sessions.resume(session) == nil)
            for link in [token, thiefs] {
                await #expect(throws: Failure.addressLinkGone) {
                    try await changes.revert(token: link, language: "en", in: house.visitor)
                }
            }
            let attempt = SignIn(email: uma.email, password: uma.password, client: "192.0.2.7", device: nil)
            guard case .refused = try await house.accounts.signIn(attempt, in: house.visitor) else {
                Issue.record("the password still works")
                return
            }
            try await house.runJobs()
            #expect(letters(house).last == "reset_password uma@example.com")
            _ = try await house.accounts.resetPassword(
                token: house.token(.resetPassword),
                password: "nine purple walruses",
                confirmation: "nine purple walruses",
                language: "en",
                in: house.visitor
            )
        }
    }

    @Test("A request that was not meant is stopped by the same link", arguments: Engine.available)
    func stopped(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (changes, uma) = (changes(house), house.cast.uma)
            try await ask("thief@example.org", uma, house)
            try await changes.revert(token: house.token(.addressAsked), language: "en", in: house.visitor)
            #expect(try await now(uma, house).email == uma.email)
            await #expect(throws: Failure.addressLinkGone) {
                try await changes.confirm(token: house.token(.confirmAddress), language: "en", in: house.visitor)
            }
        }
    }

    @Test("Each link has its time, and is for its purpose alone", arguments: Engine.available)
    func limits(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (changes, uma) = (changes(house), house.cast.uma)
            try await ask("new@example.org", uma, house)
            let (confirm, revert) = (house.token(.confirmAddress), house.token(.addressAsked))
            for wrong in ["", "x", revert, String(confirm.dropLast())] {
                await #expect(throws: Failure.addressLinkGone) { try await changes.confirmable(by: wrong) }
            }
            await #expect(throws: Failure.addressLinkGone) { try await changes.revertible(by: confirm) }
            house.world.advance(by: .hours(24))
            await #expect(throws: Failure.addressLinkGone) { try await changes.confirmable(by: confirm) }

            try await change(to: "new@example.org", uma, house)
            let late = house.token(.addressChanged)
            house.world.advance(by: .days(7))
            await #expect(throws: Failure.addressLinkGone) { try await changes.revertible(by: late) }
        }
    }

    @Test("An address that was given up is nobody else's for seven days", arguments: Engine.available)
    func kept(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (uma, otto) = (house.cast.uma, house.cast.otto)
            try await change(to: "new@example.org", uma, house)
            let registration = Registration(
                username: "umar",
                email: uma.email,
                password: "nine purple walruses",
                passwordConfirmation: "nine purple walruses"
            )
            let failure = await #expect(throws: Failure.self) {
                try await house.accounts.register(registration, in: house.visitor)
            }
            #expect(failure?.fields == [.emailTaken])
            try await ask(uma.email, otto, house)
            #expect(!letters(house).contains("confirm_address uma@example.com"), "nothing went to the address")
            // Its owner may have it again.
            try await change(to: uma.email, uma, house)
            #expect(try await now(uma, house).email == uma.email)
        }
    }

    @Test("An address that nobody ever confirmed is told nothing", arguments: Engine.available)
    func unconfirmed(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let nora = try await house.register("nora")
            let scope = try await house.accounts.scope(for: nora.id)
            try await changes(house).ask("right@example.org", language: "en", in: scope)
            try await house.runJobs()
            try await changes(house).confirm(token: house.token(.confirmAddress), language: "en", in: house.visitor)
            try await house.runJobs()
            #expect(letters(house).filter { $0.hasSuffix("nora@example.com") } == ["verify_email nora@example.com"])
            #expect(try await house.accounts.find(nora.id, in: .system()).isEmailVerified)
        }
    }

    @Test("Of twenty uses of one link at once, one succeeds", arguments: Engine.available)
    func race(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            try await ask("new@example.org", house.cast.uma, house)
            let (changes, token) = (changes(house), house.token(.confirmAddress))
            let successes = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        (try? await changes.confirm(token: token, language: "en", in: house.visitor)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(successes == 1)
            #expect(try await house.actions().count { $0 == "account.address_changed" } == 1)
        }
    }

    @Test("What will not do is said, and three an hour are enough", arguments: Engine.available)
    func refusals(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (changes, uma) = (changes(house), house.cast.uma)
            for bad in ["", "uma", "a@b", uma.email] {
                let failure = await #expect(throws: Failure.self) { try await ask(bad, uma, house) }
                #expect(failure?.fields.map(\.field) == ["email"])
            }
            for number in 0..<3 { try await ask("new\(number)@example.org", uma, house) }
            await #expect(throws: Failure.tooManyAddresses) { try await ask("new@example.org", uma, house) }
            #expect(try await changes.asked(in: uma.scope)?.newEmail == "new2@example.org")
            try await changes.cancel(in: uma.scope)
            #expect(try await changes.asked(in: uma.scope) == nil)
            await #expect(throws: Failure.addressLinkGone) {
                try await changes.confirm(token: house.token(.confirmAddress), language: "en", in: house.visitor)
            }
            await #expect(throws: Failure.notSignedIn) {
                try await changes.ask("new@example.org", language: "en", in: house.visitor)
            }
        }
    }
}
