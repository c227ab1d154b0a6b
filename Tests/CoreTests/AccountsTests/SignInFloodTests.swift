import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Signing in: floods and mails")
struct SignInFloodTests {
    private let origin = Scope.Origin(
        address: "192.0.2.7",
        userAgent: "Mozilla/5.0 (X11; Linux) Firefox/140.0",
        requestID: "r"
    )

    private func signIn(
        _ password: String,
        from client: String = "192.0.2.7",
        device: String? = nil,
        in house: MailHouse
    ) async throws -> SignInResult {
        try await house.accounts.signIn(
            SignIn(email: "uma@example.com", password: password, client: client, device: device, language: "de"),
            in: .visitor(tenant: .platform, origin: origin)
        )
    }

    /// The guesses come twenty at a time from ever new addresses. Fails when a known device shares the strangers' bound, and
    /// when the state is not looked at again under the lock.
    @Test(
        "Under 1,000 guesses a known device signs in every time, and a hundred guesses are answered",
        arguments: Engine.available
    )
    func flood(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let password = house.cast.uma.password
            guard case .signedIn(_, let device) = try await signIn(password, in: house) else {
                Issue.record("not signed in")
                return
            }
            var answered = 0
            for round in 0..<50 {
                answered += try await withThrowingTaskGroup(of: SignInResult.self) { group in
                    for number in 0..<20 {
                        let client = "198.51.\(round).\(number)"
                        group.addTask { try await signIn("guess \(round) \(number)", from: client, in: house) }
                    }
                    return try await group.reduce(into: 0) { $0 += $1 == .refused ? 1 : 0 }
                }
                guard case .signedIn = try await signIn(password, device: device, in: house) else {
                    Issue.record("locked out on a known device in round \(round)")
                    return
                }
            }
            #expect(answered <= Lockout.triesADay)
            // Even who guessed right by now learns nothing.
            guard case .lockedOut = try await signIn(password, from: "203.0.113.1", in: house) else {
                Issue.record("a stranger's guess after the hundredth was answered")
                return
            }
            let counted = try await house.database.read { db in
                try db.value("SELECT count(*) FROM sign_in_failure", as: Int.self)
            }
            #expect(counted == Lockout.triesADay)
        }
    }

    @Test(
        "A sign-in from an unknown browser is told by mail, one from a known browser is not",
        arguments: Engine.available
    )
    func newDevice(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma
            guard case .signedIn(_, let device) = try await signIn(uma.password, in: house) else {
                Issue.record("not signed in")
                return
            }
            #expect(try await house.mails(of: uma.account).isEmpty, "the first sign-in of all is no news")
            _ = try await signIn(uma.password, device: device, in: house)
            #expect(try await house.mails(of: uma.account).isEmpty)
            _ = try await signIn("wrong", in: house)
            #expect(try await house.mails(of: uma.account).isEmpty)
            _ = try await signIn(uma.password, in: house)
            let mail = try #require(try await house.mails(of: uma.account).first)
            #expect(mail.kind == .newDevice && mail.language == "de")
            #expect(mail.device == LetterDevice(address: origin.address, userAgent: origin.userAgent))
            for _ in 0..<5 { _ = try await signIn(uma.password, in: house) }
            #expect(try await house.mails(of: uma.account).count == 3, "a browser without memory fills no mailbox")
            try await house.runJobs()
            #expect(house.bag.delivered.filter { $0.subject == "new_device" }.count == 3)
        }
    }

    /// Known, unknown, locked and suspended: what a stranger gets and what it costs.
    @Test("Every address costs the same number of hash computations", arguments: Engine.available)
    func cost(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            try await house.accounts.setStatus(.suspended, of: house.cast.otto.id, in: house.cast.root.scope)
            var costs: [[Int]] = []
            for email in ["uma@example.com", "nobody@example.com", "otto@example.com"] {
                var each: [Int] = []
                for _ in 0..<7 {
                    let before = house.passwords.counts
                    let attempt = SignIn(email: email, password: "wrong", client: "192.0.2.9", device: nil)
                    _ = try await house.accounts.signIn(attempt, in: house.visitor)
                    let after = house.passwords.counts
                    each.append(after.verified + after.burned - before.verified - before.burned)
                }
                costs.append(each)
            }
            #expect(costs[0] == [1, 1, 1, 1, 1, 0, 0])
            #expect(costs[1] == costs[0] && costs[2] == costs[0])

            let before = house.passwords.counts
            for email in ["uma@example.com", "nobody@example.com", "otto@example.com"] {
                try await house.accounts.askForLink(.reset, to: email, language: "en", in: house.visitor)
            }
            #expect(house.passwords.counts == before)
        }
    }
}
