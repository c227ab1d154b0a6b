import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Deleting one's own account")
struct DepartureTests {
    private struct Office: Sendable {
        let house: MediaHouse
        let accounts: Accounts
        let sessions: Sessions

        init(_ house: MediaHouse) {
            self.house = house
            let policy = EmailPolicy(sendsMail: true, withheld: [])
            accounts = Accounts(
                database: house.database,
                effects: house.clock.effects,
                passwords: CheapPasswords(),
                policy: policy
            )
            sessions = Sessions(database: house.database, effects: house.clock.effects)
        }

        var departures: Departures { Departures(accounts: accounts) }

        func leave(_ member: Cast.Member) async throws {
            try await departures.ask(typing: member.account.username, language: "en", in: member.scope)
        }

        /// What runs every hour.
        func workOff() async throws {
            try await house.runNow(DepartureJob(database: house.database, effects: house.clock.effects))
            try await house.runNow(AccountErasure(database: house.database, effects: house.clock.effects))
        }

        func now(_ member: Cast.Member) async throws -> Account {
            try await accounts.find(member.id, in: .system())
        }
    }

    @Test(
        "After fourteen days nothing of the person is left, and the audit trail still proves itself",
        arguments: Engine.available
    )
    func leave(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma) = (Office(house), house.cast.uma)
            let token = try await office.sessions.start(for: uma.id, in: uma.scope).token
            _ = try await house.upload(Array("some text".utf8), as: "film.txt", by: uma)
            try await office.leave(uma)
            #expect(try await office.sessions.resume(token) == nil, "signed out everywhere, at once")
            let mails = try await Outbox(database: house.database).list(of: uma.id, in: .system())
            #expect(mails.map(\.kind) == [.departureAsked])

            house.clock.advance(by: .days(14) - .minutes(1))
            try await office.workOff()
            #expect(try await office.now(uma).status == .active, "until the last minute everything is as it was")
            _ = try await AuditSealing(database: house.database).seal()
            house.clock.advance(by: .minutes(1))
            try await office.workOff()

            let gone = try await office.now(uma)
            #expect(gone.status == .closed && gone.username == "erased_\(uma.id)_" && gone.storageUsed == 0)
            for query: SQL in [
                "SELECT count(*) FROM media WHERE owner_id = \(uma.id)",
                "SELECT count(*) FROM identity WHERE account_id = \(uma.id)",
                "SELECT count(*) FROM account_departure",
                "SELECT count(*) FROM mail WHERE account_id = \(uma.id)",
                "SELECT count(*) FROM audit_personal WHERE content LIKE '%uma%'",
            ] {
                #expect(try await house.count(query) == 0)
            }
            _ = try await AuditSealing(database: house.database).seal()
            guard case .intact = try await Audit(database: house.database, effects: house.clock.effects).verify() else {
                Issue.record("broken")
                return
            }
        }
    }

    @Test("Whoever logs in meanwhile keeps the account", arguments: Engine.available)
    func keep(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma) = (Office(house), house.cast.uma)
            try await office.leave(uma)
            let leavesAt = try #require(try await office.departures.leavesAt(in: uma.scope))
            #expect(leavesAt == house.clock.now + .days(14))
            // Once more changes nothing.
            house.clock.advance(by: .days(3))
            try await office.leave(uma)
            #expect(try await office.departures.leavesAt(in: uma.scope) == leavesAt)

            let token = try await office.sessions.start(for: uma.id, in: uma.scope).token
            #expect(try await office.sessions.resume(token)?.leavesAt == leavesAt)
            try await office.departures.cancel(in: uma.scope)
            #expect(try await office.sessions.resume(token)?.leavesAt == nil)
            house.clock.advance(by: .days(30))
            try await office.workOff()
            #expect(try await office.now(uma).status == .active)
        }
    }

    @Test("The customers of a reseller go up, with everybody below them", arguments: Engine.available)
    func customers(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, cast) = (Office(house), house.cast)
            try await office.leave(cast.sam)
            house.clock.advance(by: .days(14))
            try await office.workOff()
            #expect(try await office.now(cast.uma).parent == cast.rita.id)
        }
    }

    @Test("The last administrator cannot leave, not even when the others left meanwhile", arguments: Engine.available)
    func lastAdministrator(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, cast) = (Office(house), house.cast)
            await #expect(throws: Failure.lastAdministrator) { try await office.leave(cast.root) }
            let new = NewAccount(
                username: "second",
                email: "second@example.com",
                password: "a very long secret",
                typeCode: "admin"
            )
            let second = try await office.accounts.create(new, in: .system())
            let scope = try await office.accounts.scope(for: second.id)
            try await office.leave(cast.root)
            try await office.departures.ask(typing: "second", language: "en", in: scope)
            house.clock.advance(by: .days(14))
            try await office.workOff()
            let left = try await [office.now(cast.root), office.accounts.find(second.id, in: .system())]
            #expect(left.filter { $0.status == .active }.count == 1)
        }
    }

    @Test("Without one's username, typed, nothing happens", arguments: Engine.available)
    func refusal(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma) = (Office(house), house.cast.uma)
            for name in ["", "otto"] {
                let failure = await #expect(throws: Failure.self) {
                    try await office.departures.ask(typing: name, language: "en", in: uma.scope)
                }
                #expect(failure?.fields.map(\.field) == ["username"])
            }
            #expect(try await office.departures.leavesAt(in: uma.scope) == nil)
        }
    }
}
