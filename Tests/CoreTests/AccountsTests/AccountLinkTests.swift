import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Links in mails")
struct AccountLinkTests {
    private let language = "en"

    private func ask(_ purpose: EmailLink.Purpose, _ email: String, _ house: MailHouse) async throws -> String {
        try await house.accounts.askForLink(purpose, to: email, language: language, in: house.visitor)
        try await house.runJobs()
        return house.token(purpose.letter)
    }

    private func reset(_ token: String, to password: String = "nine purple walruses", _ house: MailHouse) async throws {
        _ = try await house.accounts.resetPassword(
            token: token,
            password: password,
            confirmation: password,
            language: language,
            in: house.visitor
        )
    }

    private func signIn(_ email: String, _ password: String, _ house: MailHouse) async throws -> Bool {
        let attempt = SignIn(email: email, password: password, client: "192.0.2.7", device: nil)
        switch try await house.accounts.signIn(attempt, in: house.visitor) {
        case .signedIn: return true
        case .secondStep, .refused, .lockedOut: return false
        }
    }

    @Test("The link of a new account proves its address, once", arguments: Engine.available)
    func verification(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let nora = try await house.register("nora")
            #expect(!nora.isEmailVerified && house.cast.uma.account.isEmailVerified)
            try await house.runJobs()
            let token = house.token(.verifyEmail)
            try await house.accounts.checkLink(token, .verify)
            let verified = try await house.accounts.verifyEmail(token: token, in: house.visitor)
            #expect(verified.id == nora.id && verified.emailVerifiedAt == house.world.now)
            await #expect(throws: Failure.linkGone) {
                try await house.accounts.verifyEmail(token: token, in: house.visitor)
            }
            _ = try await ask(.verify, "nora@example.com", house)
            #expect(house.bag.delivered.count == 1, "there is nothing left to prove")
        }
    }

    @Test(
        "Before the address is proven, what the setting withholds is withheld, and not after",
        arguments: Engine.available
    )
    func withheld(engine: Engine) async throws {
        try await withMailHouse(engine, withheld: [.upload]) { house in
            let nora = try await house.register("nora")
            let token = try await house.sessions.start(for: nora.id, in: house.visitor).token
            let before = try #require(try await house.sessions.resume(token))
            #expect(!before.permissions.contains(.upload) && !before.scope(origin: nil).may(.upload))
            #expect(before.permissions.contains(.download))
            #expect(try await !house.accounts.scope(for: nora.id).may(.upload))
            #expect(try await house.accounts.scope(for: house.cast.uma.id).may(.upload))
            try await house.runJobs()
            _ = try await house.accounts.verifyEmail(token: house.token(.verifyEmail), in: house.visitor)
            #expect(try await house.sessions.resume(token)?.permissions.contains(.upload) == true)
        }
    }

    @Test(
        "A reset sets the password, ends every session, forgets devices and tells the owner",
        arguments: Engine.available
    )
    func reset(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma
            let sessions = [
                try await house.sessions.start(for: uma.id, in: uma.scope).token,
                try await house.sessions.start(for: uma.id, in: uma.scope).token,
            ]
            let others = try await house.sessions.start(for: house.cast.otto.id, in: house.cast.otto.scope).token
            let device = try await house.accounts.rememberDevice(of: uma.id)
            try await reset(try await ask(.reset, " UMA@example.com", house), house)
            for token in sessions { #expect(try await house.sessions.resume(token) == nil) }
            #expect(try await house.sessions.resume(others) != nil)
            #expect(try await !signIn(uma.email, uma.password, house))
            #expect(try await signIn(uma.email, "nine purple walruses", house))
            let isKnown = try await house.database.read { db in
                try DeviceQueries.knows(SecretHash.of(device), of: uma.id, on: db)
            }
            #expect(!isKnown)
            try await house.runJobs()
            #expect(house.bag.delivered.last?.subject == Letter.Kind.passwordChanged.rawValue)
            #expect(try await house.actions().contains("account.password_reset"))
        }
    }

    @Test("A reset opens the door to somebody whom wrong tries had locked out", arguments: Engine.available)
    func lockedOut(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma
            for _ in 0..<5 { _ = try await signIn(uma.email, "a guess", house) }
            #expect(try await !signIn(uma.email, uma.password, house))
            try await reset(try await ask(.reset, uma.email, house), house)
            #expect(try await signIn(uma.email, "nine purple walruses", house))
        }
    }

    @Test(
        "Asking costs no hash and answers nothing, whoever is asked about; mail goes to the active alone",
        arguments: Engine.available
    )
    func sameForAll(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let cast = house.cast
            for _ in 0..<5 { _ = try await signIn(cast.otto.email, "a guess", house) }
            try await house.accounts.setStatus(.suspended, of: cast.sam.id, in: cast.root.scope)
            try await house.accounts.setStatus(.closed, of: cast.rolf.id, in: cast.root.scope)
            let before = house.passwords.counts
            for email in [cast.uma.email, "nobody@example.com", cast.otto.email, cast.sam.email, cast.rolf.email] {
                _ = try await ask(.reset, email, house)
            }
            #expect(house.passwords.counts == before)
            #expect(house.bag.delivered.map(\.to.address) == [cast.uma.email, cast.otto.email])
        }
    }

    @Test("A mailbox gets at most three such mails an hour", arguments: Engine.available)
    func flood(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma.email
            for _ in 0..<10 { _ = try await ask(.reset, uma, house) }
            #expect(house.bag.delivered.count == 3)
            house.world.advance(by: .minutes(61))
            _ = try await ask(.reset, uma, house)
            #expect(house.bag.delivered.count == 4)
        }
    }

    @Test("A link is for its purpose, its time and its address alone", arguments: Engine.available)
    func limits(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let accounts = house.accounts
            let uma = house.cast.uma
            let token = try await ask(.reset, uma.email, house)
            for wrong in ["", "x", String(token.dropLast()), token + "A"] {
                await #expect(throws: Failure.linkGone) { try await accounts.checkLink(wrong, .reset) }
            }
            await #expect(throws: Failure.linkGone) { try await accounts.verifyEmail(token: token, in: house.visitor) }
            house.world.advance(by: .minutes(59))
            try await accounts.checkLink(token, .reset)
            house.world.advance(by: .minutes(1))
            await #expect(throws: Failure.linkGone) { try await accounts.checkLink(token, .reset) }

            let second = try await ask(.reset, uma.email, house)
            try await house.database.write { db in
                _ = try db.execute("UPDATE account SET email = 'u@x.org', email_key = 'u@x.org' WHERE id = \(uma.id)")
            }
            await #expect(throws: Failure.linkGone) { try await self.reset(second, house) }
        }
    }

    @Test("A suspended account's link opens nothing", arguments: Engine.available)
    func suspended(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let token = try await ask(.reset, house.cast.uma.email, house)
            try await house.accounts.setStatus(.suspended, of: house.cast.uma.id, in: house.cast.root.scope)
            await #expect(throws: Failure.linkGone) { try await self.reset(token, house) }
        }
    }

    @Test("A password that will not do leaves the link as it was", arguments: Engine.available)
    func weak(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let token = try await ask(.reset, house.cast.uma.email, house)
            for bad in ["", "short", "password", "uma@example.com"] {
                let failure = await #expect(throws: Failure.self) { try await self.reset(token, to: bad, house) }
                #expect(failure?.fields.map(\.field) == ["password"])
            }
            let differs = await #expect(throws: Failure.self) {
                try await house.accounts.resetPassword(
                    token: token,
                    password: "nine purple walruses",
                    confirmation: "ten purple walruses",
                    language: "en",
                    in: house.visitor
                )
            }
            #expect(differs?.fields.map(\.field) == ["password_confirmation"])
            try await reset(token, house)
        }
    }

    @Test("One link used makes the others of its kind worthless", arguments: Engine.available)
    func others(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let first = try await ask(.reset, house.cast.uma.email, house)
            let second = try await ask(.reset, house.cast.uma.email, house)
            try await reset(second, house)
            await #expect(throws: Failure.linkGone) { try await self.reset(first, house) }
        }
    }

    /// `used_at IS NULL` in the link's UPDATE is the line that lets one through.
    @Test("Of fifty uses of one link at once, one succeeds", arguments: Engine.available)
    func race(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let token = try await ask(.reset, house.cast.uma.email, house)
            let outcomes = await withTaskGroup(of: Result<Void, any Error>.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        do {
                            return .success(try await self.reset(token, to: "purple walrus number \(number)", house))
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let failures = outcomes.compactMap { outcome -> Failure? in
                if case .failure(let error) = outcome { return error as? Failure }
                return nil
            }
            #expect(failures.count == 49 && failures.allSatisfy { $0 == .linkGone }, "\(failures)")
            #expect(try await house.actions().count { $0 == "account.password_reset" } == 1)
        }
    }

    @Test("What is no address is said at its field; where no mail can be sent, that is said")
    func refusals() async throws {
        try await withMailHouse(.sqlite) { house in
            let failure = await #expect(throws: Failure.self) { _ = try await self.ask(.reset, "uma", house) }
            #expect(failure?.fields.map(\.field) == ["email"])
            let silent = Accounts(database: house.database, effects: house.world.effects, passwords: house.passwords)
            await #expect(throws: Failure.noMail) {
                try await silent.askForLink(.reset, to: "uma@example.com", language: "en", in: house.visitor)
            }
        }
    }
}
