import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Passkeys")
struct PasskeyTests {
    private struct House: Sendable {
        let database: any Database
        let world: TestEffects
        let passkeys: Passkeys
        let cast: Cast

        /// Adds a passkey to uma's account.
        func add(_ device: SoftwareDevice) async throws {
            let challenge = try await passkeys.invite(in: cast.uma.scope).challenge
            try await passkeys.register(device.registration(challenge), language: "en", in: cast.uma.scope)
        }

        func signIn(_ device: SoftwareDevice, type: String = "webauthn.get") async throws -> Account {
            let challenge = try await passkeys.challenge().challenge
            return try await signIn(device.assertion(challenge, of: cast.uma.account, type: type))
        }

        func signIn(_ answer: Passkey.Assertion) async throws -> Account {
            try await passkeys.signIn(answer, in: .visitor(tenant: .platform)).account
        }

        /// Why the last one was refused, by the audit trail.
        func problem() async throws -> String? {
            let entry = try await Audit(database: database, effects: world.effects).list(in: .system()).items.first
            return entry?.action == "passkey.refused" ? entry?.personal?.details["problem"] : nil
        }
    }

    private func withHouse(_ engine: Engine, _ body: (House) async throws -> Void) async throws {
        try await withDatabase(engine) { database in
            let world = TestEffects()
            let accounts = Accounts(database: database, effects: world.effects, passwords: CheapPasswords())
            let passkeys = Passkeys(accounts: accounts, site: RelyingParty(id: "localhost", origin: "http://localhost"))
            try await body(House(database: database, world: world, passkeys: passkeys, cast: Cast(accounts)))
        }
    }

    @Test(
        "A device is added, signs in, and is taken away",
        arguments: Engine.available,
        [PasskeyKey.Algorithm.es256, .edDSA]
    )
    func journey(engine: Engine, algorithm: PasskeyKey.Algorithm) async throws {
        try await withHouse(engine) { house in
            let uma = house.cast.uma
            let device = SoftwareDevice(algorithm)
            try await house.add(device)
            let added = try await house.passkeys.list(in: uma.scope)
            #expect(added.map(\.name) == ["Telephone"] && added[0].lastUsedAt == nil)
            #expect(try await house.signIn(device).id == uma.id)
            #expect(try await house.passkeys.list(in: uma.scope).first?.lastUsedAt == house.world.now)
            #expect(try await house.passkeys.invite(in: uma.scope).known == [Base64URL.encode(device.id)])

            await #expect(throws: Failure.notFound) {
                try await house.passkeys.remove(added[0].publicID, language: "en", in: house.cast.otto.scope)
            }
            try await house.passkeys.remove(added[0].publicID, language: "en", in: uma.scope)
            await #expect(throws: Failure.passkeyRefused) { try await house.signIn(device) }
            #expect(try await house.problem() == "unknownKey")
            let mails = try await Outbox(database: house.database).list(of: uma.id, in: .system()).map(\.kind)
            #expect(mails == [.passkeyRemoved, .passkeyAdded])
        }
    }

    @Test("One's own passkey proves once more who sits there; another's does not", arguments: Engine.available)
    func proof(engine: Engine) async throws {
        try await withHouse(engine) { house async throws in
            let (uma, otto) = (house.cast.uma, house.cast.otto)
            let device = SoftwareDevice(.edDSA)
            try await house.add(device)
            let sessions = Sessions(database: house.database, effects: house.world.effects)
            func prove(_ member: Cast.Member) async throws -> Bool {
                let started = try await sessions.start(for: member.id, in: member.scope)
                house.world.advance(by: .minutes(11))
                let challenge = try await house.passkeys.challenge().challenge
                let answer = try device.assertion(challenge, of: uma.account)
                try await house.passkeys.prove(answer, for: started.session.id, in: member.scope)
                await #expect(throws: Failure.passkeyRefused) {
                    try await house.passkeys.prove(answer, for: started.session.id, in: member.scope)
                }
                return try await sessions.resume(started.token)?.isProven(at: house.world.now) ?? false
            }
            #expect(try await prove(uma))
            await #expect(throws: Failure.passkeyRefused) { _ = try await prove(otto) }
            #expect(try await house.problem() == "wrongOwner")
        }
    }

    /// What is bent in a device, and what is noticed.
    struct Bend: Sendable, CustomTestStringConvertible {
        let problem: PasskeyProblem
        let bend: @Sendable (inout SoftwareDevice) -> Void
        var testDescription: String { problem.rawValue }
    }

    static let bends = [
        Bend(problem: .wrongSite) { $0.site = "evil.example" },
        Bend(problem: .wrongOrigin) { $0.origin = "http://localhost.evil.example" },
        Bend(problem: .wrongOrigin) { $0.crossOrigin = true },
        Bend(problem: .notPresent) { $0.flags = 0x04 },
        Bend(problem: .notVerified) { $0.flags = 0x01 },
    ]

    @Test(
        "What does not fit is refused when a device is added, and when it signs in",
        arguments: Engine.available,
        bends
    )
    func bent(engine: Engine, bend: Bend) async throws {
        try await withHouse(engine) { house in
            let device = SoftwareDevice(.es256)
            var bent = device
            bend.bend(&bent)
            await #expect(throws: Failure.passkeyRefused) { try await house.add(bent) }
            #expect(try await house.problem() == bend.problem.rawValue)
            try await house.add(device)
            await #expect(throws: Failure.passkeyRefused) { try await house.signIn(bent) }
            #expect(try await house.problem() == bend.problem.rawValue)
        }
    }

    @Test(
        "A key of another kind than it says, and one that signs for another, are refused",
        arguments: Engine.available
    )
    func algorithms(engine: Engine) async throws {
        try await withHouse(engine) { house in
            var device = SoftwareDevice(.es256)
            device.algorithm = .edDSA
            await #expect(throws: Failure.passkeyRefused) { try await house.add(device) }
            #expect(try await house.problem() == "unknownAlgorithm")
            try await house.add(SoftwareDevice(.es256))
            await #expect(throws: Failure.passkeyRefused) { try await house.signIn(SoftwareDevice(.es256)) }
            #expect(try await house.problem() == "wrongSignature")
        }
    }

    @Test("A challenge is good for one answer, for its own purpose, and for five minutes", arguments: Engine.available)
    func challenges(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let uma = house.cast.uma
            let device = SoftwareDevice(.edDSA)
            try await house.add(device)
            let answer = try device.assertion(try await house.passkeys.challenge().challenge, of: uma.account)
            #expect(try await house.signIn(answer).id == uma.id)
            let invitation = try await house.passkeys.invite(in: uma.scope).challenge
            let late = try await house.passkeys.challenge().challenge
            house.world.advance(by: .minutes(5))
            for replayed in [
                answer, try device.assertion(invitation, of: uma.account), try device.assertion(late, of: uma.account),
                try device.assertion("made up", of: uma.account),
            ] {
                await #expect(throws: Failure.passkeyRefused) { try await house.signIn(replayed) }
                #expect(try await house.problem() == "wrongChallenge")
            }
            await #expect(throws: Failure.passkeyRefused) { try await house.signIn(device, type: "webauthn.create") }
            #expect(try await house.problem() == "wrongType")
            // Nor may somebody else answer what uma was asked.
            let hers = try await house.passkeys.invite(in: uma.scope).challenge
            await #expect(throws: Failure.passkeyRefused) {
                try await house.passkeys.register(device.registration(hers), language: "en", in: house.cast.otto.scope)
            }
        }
    }

    @Test("Of fifty who send one answer at once, one is signed in", arguments: Engine.available)
    func parallel(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let device = SoftwareDevice(.edDSA)
            try await house.add(device)
            let answer = try device.assertion(
                try await house.passkeys.challenge().challenge,
                of: house.cast.uma.account
            )
            let count = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 { group.addTask { (try? await house.signIn(answer)) != nil } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(count == 1)
        }
    }

    @Test("A device whose count goes back, or stands still, may be a copy", arguments: Engine.available)
    func counter(engine: Engine) async throws {
        try await withHouse(engine) { house in
            var device = SoftwareDevice(.es256)
            device.count = 4
            try await house.add(device)
            device.count = 5
            _ = try await house.signIn(device)
            for count in [UInt32(5), 4, 0] {
                device.count = count
                await #expect(throws: Failure.passkeyRefused) { try await house.signIn(device) }
                #expect(try await house.problem() == "counterWentBack")
            }
            device.count = 6
            _ = try await house.signIn(device)
        }
    }

    @Test("A passkey belongs to one account, and a suspended one's opens nothing", arguments: Engine.available)
    func ownership(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let device = SoftwareDevice(.es256)
            try await house.add(device)
            await #expect(throws: Failure.passkeyKnown) { try await house.add(device) }
            let challenge = try await house.passkeys.challenge().challenge
            await #expect(throws: Failure.passkeyRefused) {
                try await house.signIn(device.assertion(challenge, of: house.cast.otto.account))
            }
            #expect(try await house.problem() == "wrongOwner")
            try await house.passkeys.accounts.setStatus(.suspended, of: house.cast.uma.id, in: house.cast.root.scope)
            await #expect(throws: Failure.passkeyRefused) { try await house.signIn(device) }
        }
    }

    @Test("A site that is reached by a number has no passkeys; this machine's stand for localhost")
    func sites() async throws {
        for (base, id) in [
            ("https://media.example.org", "media.example.org"), ("http://127.0.0.1:8080", "localhost"),
            ("http://192.0.2.7:8080", nil), ("https://[2001:db8::1]", nil),
        ] {
            let source = try await SettingsSource(
                arguments: ["MEDIASHARE_BASE_URL": base, "SECRET_KEY": "a secret that only these tests know, 2026"],
                environment: [:],
                file: "/nonexistent",
                isFileRequired: false
            )
            var reader = SettingsReader(source)
            let party = RelyingParty(try reader.read())
            #expect(party?.id == id)
            #expect(id != "localhost" || party?.origin == "http://localhost:8080")
        }
    }
}
