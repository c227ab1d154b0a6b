import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Signing up, the address first")
struct SignUpTests {
    private func ask(_ name: String, _ email: String, _ house: MailHouse) async throws {
        let registration = Registration(
            username: name,
            email: email,
            password: "nine purple walruses",
            passwordConfirmation: "nine purple walruses",
            language: "de",
            agreement: .given(PolicyVersions(privacy: 0, terms: 0))
        )
        try await SignUps(accounts: house.accounts).ask(registration, in: house.visitor)
    }

    @Test(
        "There is no account before the link is used, and one after, with its address proven",
        arguments: Engine.available
    )
    func complete(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let signUps = SignUps(accounts: house.accounts)
            try await ask("nora", "Nora@example.com", house)
            try await house.runJobs()
            await #expect(throws: Failure.notFound) {
                try await house.accounts.byEmail("nora@example.com", in: .system())
            }
            let token = house.token(.confirmSignUp)
            #expect(house.bag.delivered.first?.html == "de")
            #expect(try await signUps.find(token: token).username == "nora")
            let account = try await signUps.complete(token: token, username: "nora", in: house.visitor)
            #expect(account.isEmailVerified && account.email == "Nora@example.com")
            let attempt = SignIn(
                email: account.email,
                password: "nine purple walruses",
                client: "192.0.2.7",
                device: nil
            )
            guard case .signedIn = try await house.accounts.signIn(attempt, in: house.visitor) else {
                Issue.record("the password does not work")
                return
            }
            let agreed = try await Policies(database: house.database, effects: house.world.effects)
                .acceptances(of: account.id, in: .system())
            #expect(agreed.count == PolicyKind.allCases.count)
            await #expect(throws: Failure.linkGone) {
                try await signUps.complete(token: token, username: "other", in: house.visitor)
            }
        }
    }

    @Test(
        "A known address costs the same hashes, and its owner is told; no account is made",
        arguments: Engine.available
    )
    func known(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let before = house.passwords.counts
            try await ask("nora", "nora@example.com", house)
            let unknown = house.passwords.counts
            try await ask("norb", "UMA@example.com", house)
            let known = house.passwords.counts
            #expect(unknown.hashed - before.hashed == 1 && known.hashed - unknown.hashed == 1)
            #expect(known.verified == before.verified && known.burned == before.burned)
            try await house.runJobs()
            #expect(house.bag.delivered.map(\.subject).sorted() == ["confirm_sign_up", "sign_up_known"])
            #expect(house.token(.signUpKnown).isEmpty)
            // A name that was asked for with either address is as free as before.
            try await ask("norb", "someone@example.com", house)
            try await ask("nora", "someone@example.com", house)
        }
    }

    @Test("A name that somebody got meanwhile is asked for again, and the link stays good", arguments: Engine.available)
    func nameTaken(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let signUps = SignUps(accounts: house.accounts)
            try await ask("nora", "nora@example.org", house)
            try await house.runJobs()
            _ = try await house.register("nora")
            let token = house.token(.confirmSignUp)
            for bad in ["nora", "", "a b"] {
                let failure = await #expect(throws: Failure.self) {
                    try await signUps.complete(token: token, username: bad, in: house.visitor)
                }
                #expect(failure?.fields.map(\.field) == ["username"])
            }
            _ = try await signUps.complete(token: token, username: "nora2", in: house.visitor)
        }
    }

    @Test("A mailbox gets three such mails an hour; a link is good for a day", arguments: Engine.available)
    func limits(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            for number in 0..<6 {
                try await ask("nora\(number)", "nora@example.org", house)
                try await ask("umar\(number)", house.cast.uma.email, house)
            }
            try await house.runJobs()
            #expect(house.bag.delivered.count == 6)
            house.world.advance(by: .hours(24))
            await #expect(throws: Failure.linkGone) {
                try await SignUps(accounts: house.accounts).find(token: house.token(.confirmSignUp))
            }
        }
    }

    @Test("Of twenty uses of one link at once, one makes an account", arguments: Engine.available)
    func race(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let signUps = SignUps(accounts: house.accounts)
            try await ask("nora", "nora@example.org", house)
            try await house.runJobs()
            let token = house.token(.confirmSignUp)
            let successes = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let name = "nora\(number)"
                        return (try? await signUps.complete(token: token, username: name, in: house.visitor)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(successes == 1)
        }
    }

    @Test("What will not do is said at its fields; without mail nobody signs up that way")
    func refusals() async throws {
        try await withMailHouse(.sqlite) { house in
            let bad = Registration(
                username: "uma",
                email: "x",
                password: "short",
                passwordConfirmation: "other",
                agreement: .refused
            )
            let failure = await #expect(throws: Failure.self) {
                try await SignUps(accounts: house.accounts).ask(bad, in: house.visitor)
            }
            let fields = Set(failure?.fields.map(\.field) ?? [])
            #expect(fields == ["username", "email", "password", "password_confirmation", "agreement"])
            let silent = Accounts(database: house.database, effects: house.world.effects, passwords: house.passwords)
            await #expect(throws: Failure.noMail) { try await SignUps(accounts: silent).ask(bad, in: house.visitor) }
        }
    }
}
