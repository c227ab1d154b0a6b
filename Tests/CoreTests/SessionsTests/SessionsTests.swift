import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Sessions")
struct SessionsTests {
    private struct House: Sendable {
        let database: any Database
        let world: TestEffects
        let sessions: Sessions
        let cast: Cast
    }

    private func withHouse(_ engine: Engine, _ body: (House) async throws -> Void) async throws {
        try await withDatabase(engine) { database in
            let world = TestEffects()
            try await body(
                House(
                    database: database,
                    world: world,
                    sessions: Sessions(
                        database: database,
                        effects: world.effects,
                        idle: .hours(10),
                        absolute: .days(2)
                    ),
                    cast: try await Cast(on: database)
                )
            )
        }
    }

    private let browser = Scope.visitor(
        tenant: .platform,
        origin: Scope.Origin(address: "192.0.2.7", userAgent: "Browser/2", requestID: "r")
    )

    @Test("A session knows who sits there and what they may", arguments: Engine.available)
    func resume(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let started = try await house.sessions.start(for: house.cast.sam.id, in: browser)
            let session = try #require(try await house.sessions.resume(started.token))
            #expect(session.account == house.cast.sam.account)
            #expect(session.permissions == house.cast.sam.scope.permissions)
            #expect(session.userType.code == "reseller")
            #expect(session.csrfSecret == started.session.csrfSecret && session.csrfSecret.count == 43)
            let scope = session.scope(origin: browser.origin)
            #expect(scope.account == house.cast.sam.id && scope.tenant == .platform && scope.origin == browser.origin)
        }
    }

    @Test("Only the token's hash is kept", arguments: Engine.available)
    func hashed(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let started = try await house.sessions.start(for: house.cast.uma.id, in: browser)
            #expect(started.token.count == 43)
            let row = try await house.database.read { db in try db.first("SELECT token_hash FROM session") }
            let stored: [UInt8] = try #require(row)["token_hash"]
            #expect(stored.count == 32 && stored != Array(started.token.utf8))
        }
    }

    @Test("What is no token resumes nothing", arguments: Engine.available)
    func badTokens(engine: Engine) async throws {
        try await withHouse(engine) { house async throws in
            for token in ["", "x", String(repeating: "A", count: 43), String(repeating: "A", count: 100_000)] {
                #expect(try await house.sessions.resume(token) == nil)
            }
        }
    }

    @Test("A session ends when it is not used", arguments: Engine.available)
    func idle(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let token = try await house.sessions.start(for: house.cast.uma.id, in: browser).token
            house.world.advance(by: .hours(9))
            #expect(try await house.sessions.resume(token) != nil)
            house.world.advance(by: .hours(9))
            #expect(try await house.sessions.resume(token) != nil)
            house.world.advance(by: .hours(10))
            #expect(try await house.sessions.resume(token) == nil)
        }
    }

    @Test("A session ends after its longest time, however much it is used", arguments: Engine.available)
    func absolute(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let token = try await house.sessions.start(for: house.cast.uma.id, in: browser).token
            for _ in 0..<7 {
                house.world.advance(by: .hours(6))
                #expect(try await house.sessions.resume(token) != nil)
            }
            house.world.advance(by: .hours(6))
            #expect(try await house.sessions.resume(token) == nil)
        }
    }

    @Test("Where nobody asked to stay logged in, a session is a short one", arguments: Engine.available)
    func brief(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let world = TestEffects()
            let sessions = Sessions(database: database, effects: world.effects)
            let cast = try await Cast(on: database)
            let brief = try await sessions.start(for: cast.uma.id, isKept: false, in: browser).token
            let used = try await sessions.start(for: cast.uma.id, isKept: false, in: browser).token
            let kept = try await sessions.start(for: cast.uma.id, isKept: true, in: browser).token
            world.advance(by: .hours(11))
            #expect(try await sessions.resume(used) != nil)
            world.advance(by: .hours(1))
            #expect(try await sessions.resume(brief) == nil)
            #expect(try await sessions.list(of: cast.uma.id, in: cast.uma.scope).items.count == 2)
            #expect(try await sessions.purge() == 1)
            world.advance(by: .hours(10))
            #expect(try await sessions.resume(used) != nil)
            world.advance(by: .hours(2))
            #expect(try await sessions.resume(used) == nil)
            #expect(try await sessions.resume(kept) != nil)
            #expect(try await sessions.purge() == 1)
        }
    }

    @Test("To look whether a session is open does not keep it so", arguments: Engine.available)
    func look(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let token = try await house.sessions.start(for: house.cast.uma.id, in: browser).token
            house.world.advance(by: .hours(9))
            #expect(try await house.sessions.isOpen(token))
            house.world.advance(by: .hours(1))
            #expect(try await !house.sessions.isOpen(token))
        }
    }

    @Test("The last use is written down at most once a minute", arguments: Engine.available)
    func throttled(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let token = try await house.sessions.start(for: house.cast.uma.id, in: browser).token
            func lastUse() async throws -> Timestamp? {
                try await house.sessions.list(of: house.cast.uma.id, in: house.cast.uma.scope).items.first?.lastUsedAt
            }
            house.world.advance(by: .seconds(59))
            _ = try await house.sessions.resume(token)
            #expect(try await lastUse() == TestEffects.start)
            house.world.advance(by: .seconds(1))
            _ = try await house.sessions.resume(token)
            #expect(try await lastUse() == TestEffects.start + .minutes(1))
        }
    }

    @Test("Signing in ends the session that the browser had before", arguments: Engine.available)
    func rotation(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let old = try await house.sessions.start(for: house.cast.otto.id, in: browser).token
            let new = try await house.sessions.start(for: house.cast.uma.id, replacing: old, in: browser).token
            #expect(old != new)
            #expect(try await house.sessions.resume(old) == nil)
            #expect(try await house.sessions.resume(new)?.account.id == house.cast.uma.id)
        }
    }

    @Test("Signing out ends one session, and signing out twice harms nothing", arguments: Engine.available)
    func end(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let here = try await house.sessions.start(for: house.cast.uma.id, in: browser).token
            let there = try await house.sessions.start(for: house.cast.uma.id, in: browser).token
            try await house.sessions.end(here, in: house.cast.uma.scope)
            try await house.sessions.end(here, in: house.cast.uma.scope)
            #expect(try await house.sessions.resume(here) == nil)
            #expect(try await house.sessions.resume(there) != nil)
            let actions = try await Audit(database: house.database, effects: .live).list(in: .system()).items
            #expect(actions.count { $0.action == "account.signed_out" } == 1)
        }
    }

    @Test(
        "One's own sessions are listed with their devices and ended one by one; others' are not",
        arguments: Engine.available
    )
    func listAndEnd(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let token = try await house.sessions.start(for: house.cast.uma.id, in: browser).token
            let listed = try await house.sessions.list(of: house.cast.uma.id, in: house.cast.uma.scope).items
            let session = try #require(listed.first)
            #expect(session.address == "192.0.2.7" && session.userAgent == "Browser/2")
            #expect(try await house.sessions.list(of: house.cast.uma.id, in: house.cast.otto.scope).items.isEmpty)
            await #expect(throws: Failure.notFound) {
                try await house.sessions.end(publicID: session.publicID, in: house.cast.otto.scope)
            }
            try await house.sessions.end(publicID: session.publicID, in: house.cast.uma.scope)
            #expect(try await house.sessions.resume(token) == nil)
        }
    }

    @Test("All sessions end at once, except the one that asks", arguments: Engine.available)
    func endAll(engine: Engine) async throws {
        try await withHouse(engine) { house in
            var tokens: [String] = []
            for _ in 0..<3 { tokens.append(try await house.sessions.start(for: house.cast.uma.id, in: browser).token) }
            let other = try await house.sessions.start(for: house.cast.otto.id, in: browser).token
            let kept = try #require(try await house.sessions.resume(tokens[1]))
            #expect(
                try await house.sessions.endAll(for: house.cast.uma.id, except: kept.id, in: house.cast.uma.scope) == 2
            )
            #expect(try await house.sessions.resume(tokens[0]) == nil)
            #expect(try await house.sessions.resume(tokens[1]) != nil)
            #expect(try await house.sessions.resume(other) != nil)
            await #expect(throws: Failure.notFound) {
                try await house.sessions.endAll(for: house.cast.uma.id, in: house.cast.otto.scope)
            }
        }
    }

    @Test("A suspended account's sessions are over", arguments: Engine.available)
    func suspended(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let token = try await house.sessions.start(for: house.cast.uma.id, in: browser).token
            let accounts = Accounts(database: house.database, effects: house.world.effects, passwords: CheapPasswords())
            try await accounts.setStatus(.suspended, of: house.cast.uma.id, in: .system())
            #expect(try await house.sessions.resume(token) == nil)
        }
    }

    @Test("Sessions that have timed out are removed, others stay", arguments: Engine.available)
    func purge(engine: Engine) async throws {
        try await withHouse(engine) { house in
            _ = try await house.sessions.start(for: house.cast.uma.id, in: browser)
            house.world.advance(by: .hours(6))
            let token = try await house.sessions.start(for: house.cast.uma.id, in: browser).token
            house.world.advance(by: .hours(6))
            #expect(try await house.sessions.purge() == 1)
            #expect(try await house.sessions.resume(token) != nil)
        }
    }

    @Test("The jobs of every hour remove them, and wrong tries that count no more", arguments: Engine.available)
    func purgeJob(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let effects = house.clock.effects
            let accounts = Accounts(database: house.database, effects: effects, passwords: CheapPasswords())
            let sessions = Sessions(database: house.database, effects: effects, idle: .hours(10))
            let wrong = SignIn(email: "uma@example.com", password: "wrong", client: "192.0.2.7", device: nil)
            func leftovers() async throws -> [Int] {
                [
                    try await house.count("SELECT COUNT(*) FROM session"),
                    try await house.count("SELECT COUNT(*) FROM sign_in_failure"),
                ]
            }
            _ = try await sessions.start(for: house.cast.uma.id, in: browser)
            _ = try await accounts.signIn(wrong, in: .visitor(tenant: .platform))
            try await house.runNow(SessionPurge(sessions: sessions))
            try await house.runNow(AccountPurge(accounts: accounts))
            #expect(try await leftovers() == [1, 1])
            house.clock.advance(by: .hours(25))
            try await house.runNow(SessionPurge(sessions: sessions))
            try await house.runNow(AccountPurge(accounts: accounts))
            #expect(try await leftovers() == [0, 0])
        }
    }
}
