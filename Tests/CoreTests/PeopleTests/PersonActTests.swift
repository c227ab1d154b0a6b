import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("People: acts")
struct PersonActTests {
    @Test("A suspension ends every session in the same moment, and can be ended", arguments: Engine.available)
    func suspension(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (uma, rita) = (house.cast.uma, house.cast.rita)
            let token = try await house.sessions.start(for: uma.id, in: uma.scope).token
            try await house.people.perform(.suspend, on: uma.account.publicID, in: rita.scope)
            #expect(try await house.sessions.resume(token) == nil)
            #expect(try await house.sessions.list(of: uma.id, in: house.cast.root.scope).items.isEmpty)
            #expect(try await house.now(uma).status == .suspended)

            try await house.people.perform(.activate, on: uma.account.publicID, in: rita.scope)
            #expect(try await house.now(uma).status == .active)
            #expect(try await house.sessions.resume(token) == nil)
            let entries = try await house.audit.list(Audit.Filter(subject: .account(uma.id)), in: house.cast.root.scope)
            let suspended = try #require(entries.items.first { $0.personal?.details["status"] == "suspended" })
            #expect(suspended.actor == rita.id && suspended.personal?.details["status.before"] == "active")
        }
    }

    @Test("Of many at once each is done or refused by itself, and it is told how many", arguments: Engine.available)
    func many(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let cast = house.cast
            try await house.people.perform(.suspend, on: cast.otto.account.publicID, in: cast.root.scope)
            let ids = cast.all.map(\.account.publicID) + ["nobody", cast.uma.account.publicID]
            let outcome = try await house.people.perform(.suspend, on: ids, in: cast.root.scope)
            #expect(outcome.changed == 4 && outcome.unchanged == 1 && outcome.missing == 1)
            #expect(outcome.refused.map(\.username) == ["root"])
            #expect(outcome.refused.map(\.why.code) == ["last_administrator"])
            #expect(try await house.now(cast.root).status == .active)
        }
    }

    @Test("A reseller acts on those below, and on nobody else", arguments: Engine.available)
    func subtree(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let cast = house.cast
            let ids = cast.all.map(\.account.publicID)
            let outcome = try await house.people.perform(.suspend, on: ids, in: cast.sam.scope)
            #expect(outcome.changed == 1 && outcome.missing == 4 && outcome.refused.map(\.username) == ["sam"])
            #expect(try await house.now(cast.uma).status == .suspended)
            for member in [cast.otto, cast.uma] {
                await #expect(throws: Failure.forbidden) {
                    try await house.people.perform(.activate, on: ids, in: member.scope)
                }
            }
            await #expect(throws: Failure.notFound) {
                try await house.people.perform(.verify, on: cast.otto.account.publicID, in: cast.rita.scope)
            }
        }
    }

    @Test("Nobody demotes or suspends themselves, and the last administrator stays", arguments: Engine.available)
    func administrators(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (root, rita) = (house.cast.root, house.cast.rita)
            for act in [PersonAct.suspend, .changeType("basic")] {
                await #expect(throws: Failure.lastAdministrator) {
                    try await house.people.perform(act, on: root.account.publicID, in: root.scope)
                }
            }
            let other = try await house.people.add(
                NewPerson(
                    username: "vera",
                    email: "vera@example.com",
                    password: "a very long secret",
                    typeCode: "admin",
                    parent: "",
                    language: "en"
                ),
                in: root.scope
            )
            for act in [PersonAct.suspend, .changeType("basic")] {
                await #expect(throws: Failure.notOneself) {
                    try await house.people.perform(act, on: root.account.publicID, in: root.scope)
                }
            }
            try await house.people.perform(.changeType("basic"), on: other.publicID, in: root.scope)
            // Rights that one does not have cannot be given.
            let failure = await #expect(throws: Failure.self) {
                try await house.people.perform(
                    .changeType("admin"),
                    on: house.cast.sam.account.publicID,
                    in: rita.scope
                )
            }
            #expect(failure?.fields.map(\.field) == ["user_type"])
        }
    }

    @Test("Two administrators who suspend each other at once leave one of them", arguments: Engine.available)
    func atOnce(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let root = house.cast.root
            let rolf = house.cast.rolf
            try await house.people.perform(.changeType("admin"), on: rolf.account.publicID, in: root.scope)
            let scope = try await house.accounts.scope(for: rolf.id)
            async let one: PeopleOutcome = house.people.perform(.suspend, on: [rolf.account.publicID], in: root.scope)
            async let other: PeopleOutcome = house.people.perform(.suspend, on: [root.account.publicID], in: scope)
            let outcomes = try await [one, other]
            #expect(outcomes.map(\.changed).sorted() == [0, 1])
            #expect(outcomes.flatMap(\.refused).map(\.why.code) == ["last_administrator"])
        }
    }

    @Test("Who has customers keeps a type that allows them", arguments: Engine.available)
    func customers(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (root, sam) = (house.cast.root, house.cast.sam)
            let outcome = try await house.people.perform(
                .changeType("basic"),
                on: [sam.account.publicID],
                in: root.scope
            )
            #expect(outcome.refused.first?.why.fields.map(\.field) == ["user_type"])
            try await house.people.perform(.changeType("premium"), on: house.cast.uma.account.publicID, in: root.scope)
            #expect(try await house.now(house.cast.uma).typeCode == "premium")
        }
    }

    @Test("Vouching proves the address; unlocking forgets wrong tries", arguments: Engine.available)
    func others(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (uma, sam) = (house.cast.uma, house.cast.sam)
            try await house.database.write { db in
                try db.execute("UPDATE account SET email_verified_at = NULL WHERE id = \(uma.id)")
            }
            for _ in 0..<3 {
                let attempt = SignIn(email: uma.email, password: "wrong", client: "192.0.2.1", device: nil)
                _ = try await house.accounts.signIn(attempt, in: .visitor(tenant: .platform))
            }
            #expect(try await house.people.find(uma.account.publicID, in: sam.scope).wrongTries == 3)
            for act in [PersonAct.verify, .unlock] {
                for changed in [1, 0] {
                    let outcome = try await house.people.perform(act, on: [uma.account.publicID], in: sam.scope)
                    #expect(outcome.changed == changed && outcome.unchanged == 1 - changed)
                }
            }
            #expect(try await house.now(uma).isEmailVerified)
            #expect(try await house.people.find(uma.account.publicID, in: sam.scope).wrongTries == 0)
        }
    }
}
