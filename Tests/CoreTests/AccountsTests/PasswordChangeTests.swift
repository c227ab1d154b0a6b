import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Changing the password")
struct PasswordChangeTests {
    private static let new = "nine slow ferries"

    private func change(
        _ current: String,
        to new: String = Self.new,
        confirmation: String? = nil,
        device: String? = nil,
        revokesTokens: Bool = false
    ) -> PasswordChange {
        PasswordChange(
            current: PasswordProof(password: current, client: "192.0.2.7", device: device),
            password: new,
            confirmation: confirmation ?? new,
            revokesTokens: revokesTokens,
            language: "de"
        )
    }

    private func signIn(_ password: String, device: String? = nil, in house: MailHouse) async throws -> SignInResult {
        let attempt = SignIn(email: "uma@example.com", password: password, client: "198.51.100.9", device: device)
        return try await house.accounts.signIn(attempt, in: house.visitor)
    }

    @Test(
        "Every other session ends, the new password signs in and the old one does not, and a mail tells of it",
        arguments: Engine.available
    )
    func changed(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma
            let here = try await house.sessions.start(for: uma.id, in: uma.scope)
            let there = try await house.sessions.start(for: uma.id, in: uma.scope).token
            let stranger = try await house.sessions.start(for: house.cast.otto.id, in: house.visitor).token

            try await house.accounts.changePassword(change(uma.password), keeping: here.session.id, in: uma.scope)

            #expect(try await house.sessions.resume(here.token) != nil)
            #expect(try await house.sessions.resume(there) == nil)
            #expect(try await house.sessions.resume(stranger) != nil)
            #expect(try await signIn(uma.password, in: house) == .refused)
            guard case .signedIn = try await signIn(Self.new, in: house) else {
                Issue.record("the new password does not sign in")
                return
            }
            #expect(try await house.mails(of: uma.account).map(\.kind) == [.passwordChanged])
            #expect(try await house.actions().contains("account.password_changed"))
        }
    }

    @Test("Only the device that asks stays a known one", arguments: Engine.available)
    func devices(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma
            let here = try await house.accounts.rememberDevice(of: uma.id)
            _ = try await house.accounts.rememberDevice(of: uma.id)
            _ = try await house.accounts.rememberDevice(of: house.cast.otto.id)
            try await house.accounts.changePassword(change(uma.password, device: here), keeping: nil, in: uma.scope)
            let known = try await house.database.read { db in
                try [uma.id, house.cast.otto.id].map { id in
                    try db.all("SELECT secret_hash FROM known_device WHERE account_id = \(id)") { row in
                        try row["secret_hash"] as [UInt8]
                    }
                }
            }
            #expect(known[0] == [SecretHash.of(here)])
            #expect(known[1].count == 1)
        }
    }

    @Test("API tokens end when that is wanted, those of others never", arguments: Engine.available, [false, true])
    func tokens(engine: Engine, revokes: Bool) async throws {
        try await withMailHouse(engine) { house in
            let (sam, rita) = (house.cast.sam, house.cast.rita)
            let tokens = APITokens(database: house.database, effects: house.world.effects)
            let own = try await tokens.create(name: "sync", permissions: [.upload], for: sam.id, in: sam.scope).secret
            let others = try await tokens.create(name: "x", permissions: [.upload], for: rita.id, in: rita.scope).secret
            let change = change(sam.password, revokesTokens: revokes)
            try await house.accounts.changePassword(change, keeping: nil, in: sam.scope)
            #expect(try await (tokens.authenticate(own) == nil) == revokes)
            #expect(try await tokens.authenticate(others) != nil)
        }
    }

    @Test("What will not do is said at its field, and nothing changes", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        try await withMailHouse(engine) { house async throws in
            let uma = house.cast.uma
            let token = try await house.sessions.start(for: uma.id, in: uma.scope).token
            let cases: [(PasswordChange, [String])] = [
                (change(""), ["current_password"]),
                (change("not it"), ["current_password"]),
                (change(uma.password, to: "short"), ["password"]),
                (change(uma.password, to: "password"), ["password"]),
                (change(uma.password, confirmation: "else"), ["password_confirmation"]),
                (change("", to: "", confirmation: "x"), ["current_password", "password", "password_confirmation"]),
            ]
            for (change, fields) in cases {
                let failure = await #expect(throws: Failure.self) {
                    try await house.accounts.changePassword(change, keeping: nil, in: uma.scope)
                }
                #expect(failure?.fields.map(\.field) == fields)
            }
            await #expect(throws: Failure.notSignedIn) {
                try await house.accounts.changePassword(change(uma.password), keeping: nil, in: house.visitor)
            }
            #expect(try await house.sessions.resume(token) != nil)
            #expect(try await house.mails(of: uma.account).isEmpty)
        }
    }

    @Test(
        "A stolen session is no place to guess: after five wrong tries even the right one waits",
        arguments: Engine.available
    )
    func guesses(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma
            for _ in 0..<5 {
                _ = await #expect(throws: Failure.self) {
                    try await house.accounts.changePassword(change("guess"), keeping: nil, in: uma.scope)
                }
            }
            let verified = house.passwords.counts.verified
            let failure = await #expect(throws: Failure.self) {
                try await house.accounts.changePassword(change(uma.password), keeping: nil, in: uma.scope)
            }
            #expect(failure?.kind == .tooMany && failure?.retryAfter == .minutes(15))
            #expect(house.passwords.counts.verified == verified)
            #expect(try await house.actions().count { $0 == "account.password_refused" } == 5)
            house.world.advance(by: .minutes(15))
            try await house.accounts.changePassword(change(uma.password), keeping: nil, in: uma.scope)
        }
    }

    /// Each proves the old password; only one of them can still replace it.
    @Test("Of ten changes at once one wins", arguments: Engine.available)
    func race(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma
            let wins = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<10 {
                    group.addTask {
                        let change = self.change(uma.password, to: "nine slow ferries \(number)")
                        return (try? await house.accounts.changePassword(change, keeping: nil, in: uma.scope)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(wins == 1)
        }
    }
}
