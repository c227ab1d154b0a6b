import TestSupport
import Testing

@testable import Core

@Suite("Acting for somebody")
struct ImpersonationTests {
    private func acts(_ house: PeopleHouse) -> Impersonations { Impersonations(accounts: house.accounts) }

    private func start(_ house: PeopleHouse, for member: Cast.Member, by scope: Scope) async throws -> Session {
        let token = try await acts(house).start(member.account.publicID, reason: "Ticket 12", in: scope)
        let session = try await house.sessions.resume(token)
        return try #require(session)
    }

    @Test("What is done is written down under both names, with the reason", arguments: Engine.available)
    func trail(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (root, uma) = (house.cast.root, house.cast.uma)
            let session = try await start(house, for: uma, by: root.scope)
            #expect(session.account.id == uma.id && session.impersonator == root.id)
            #expect(session.impersonatorName == "root" && !session.isProven(at: house.clock.now))
            let scope = session.scope(origin: nil)
            #expect(scope.account == uma.id && scope.permissions == uma.scope.permissions)
            try await house.sessions.end(publicID: session.publicID, in: scope)
            let entries = try await house.audit.list(Audit.Filter(actor: root.id), in: root.scope).items
            #expect(entries.prefix(2).map(\.action) == ["session.ended", "impersonation.started"])
            #expect(entries.prefix(2).allSatisfy { $0.actor == root.id && $0.onBehalfOf == uma.id })
            #expect(entries[1].personal?.details["reason"] == "Ticket 12")
        }
    }

    @Test("It ends after an hour, by the button, and with the account of either", arguments: Engine.available)
    func ends(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (root, rita, uma) = (house.cast.root, house.cast.rita, house.cast.uma)
            func token() async throws -> String {
                try await acts(house).start(uma.account.publicID, reason: "Ticket 12", in: rita.scope)
            }
            let first = try await token()
            house.clock.advance(by: .minutes(59))
            #expect(try await house.sessions.resume(first) != nil)
            house.clock.advance(by: .minutes(1))
            #expect(try await house.sessions.resume(first) == nil)

            let second = try await token()
            let session = try #require(try await house.sessions.resume(second))
            try await acts(house).end(session, in: session.scope(origin: nil))
            #expect(try await house.sessions.resume(second) == nil)

            let third = try await token()
            try await house.people.perform(.suspend, on: rita.account.publicID, in: root.scope)
            #expect(try await house.sessions.resume(third) == nil)
        }
    }

    @Test(
        "Nobody acts for administrators, strangers, those who are suspended, or twice over",
        arguments: Engine.available
    )
    func refusals(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let cast = house.cast
            let session = try await start(house, for: cast.sam, by: cast.root.scope)
            let wrong: [(Cast.Member, Scope, String)] = [
                (cast.root, cast.root.scope, "not_for_administrators"), (cast.otto, cast.rita.scope, "not_found"),
                (cast.rita, cast.sam.scope, "not_found"), (cast.sam, cast.sam.scope, "forbidden"),
                (cast.uma, cast.uma.scope, "forbidden"), (cast.uma, session.scope(origin: nil), "not_while_acting"),
            ]
            for (member, scope, code) in wrong {
                let failure = await #expect(throws: Failure.self) {
                    try await acts(house).start(member.account.publicID, reason: "Ticket 12", in: scope)
                }
                #expect(failure?.code == code)
            }
            for reason in ["", "  ", "no", String(repeating: "x", count: 501)] {
                let failure = await #expect(throws: Failure.self) {
                    try await acts(house).start(cast.uma.account.publicID, reason: reason, in: cast.root.scope)
                }
                #expect(failure?.fields.map(\.field) == ["reason"])
            }
            try await house.people.perform(.suspend, on: cast.uma.account.publicID, in: cast.root.scope)
            let failure = await #expect(throws: Failure.self) {
                try await acts(house).start(cast.uma.account.publicID, reason: "Ticket 12", in: cast.root.scope)
            }
            #expect(failure?.code == "not_active")
        }
    }
}
