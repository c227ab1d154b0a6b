import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Closing accounts")
struct ClosingTests {
    /// What the tests do to accounts, in a house with media.
    private struct Office: Sendable {
        let house: MediaHouse
        let accounts: Accounts

        init(_ house: MediaHouse) {
            self.house = house
            accounts = Accounts(
                database: house.database,
                effects: house.clock.effects,
                passwords: CheapPasswords()
            )
        }

        var closings: Closings { Closings(accounts: accounts) }
        var root: Scope { house.cast.root.scope }

        func close(_ member: Cast.Member, _ choice: ClosingChoice, by scope: Scope? = nil) async throws {
            try await closings.close(member.account.publicID, choice, in: scope ?? root)
        }

        func workOff() async throws {
            try await house.run(ItemJob(database: house.database, effects: house.clock.effects))
        }

        func erase() async throws {
            try await house.runNow(AccountErasure(database: house.database, effects: house.clock.effects))
        }

        func titles(of member: Cast.Member) async throws -> [String] {
            try await house.library.page(LibraryRequest(shelf: .managed, search: "film"), in: member.scope).items
                .filter { $0.owner == member.id }.map(\.title).sorted()
        }

        func upload(_ count: Int, of member: Cast.Member) async throws {
            for number in 0..<count {
                _ = try await house.upload(Array("text \(number)".utf8), as: "film\(number).txt", by: member)
            }
        }
    }

    private static let toTrash = ClosingChoice(items: "trash", customers: "up")

    @Test("A closed account is out at once, and back with its items within 30 days", arguments: Engine.available)
    func closeAndRestore(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma) = (Office(house), house.cast.uma)
            let sessions = Sessions(database: house.database, effects: house.clock.effects)
            let token = try await sessions.start(for: uma.id, in: uma.scope).token
            try await office.upload(3, of: uma)
            // What was in the trash before stays there.
            let old = try await house.library.page(LibraryRequest(shelf: .own), in: uma.scope).items[0]
            try await house.trash.put(old.publicID, in: uma.scope)
            house.clock.advance(by: .hours(1))

            try await office.close(uma, Self.toTrash, by: house.cast.rita.scope)
            #expect(try await sessions.resume(token) == nil)
            await #expect(throws: Failure.notFound) { try await office.accounts.scope(for: uma.id) }
            try await office.workOff()
            #expect(try await office.titles(of: uma).isEmpty)
            await #expect(throws: Failure.alreadyClosed) { try await office.close(uma, Self.toTrash) }

            house.clock.advance(by: .days(29))
            try await office.erase()
            try await office.closings.restore(uma.account.publicID, in: office.root)
            try await office.workOff()
            #expect(try await office.titles(of: uma).count == 2)
            #expect(try await office.accounts.find(uma.id, in: office.root).status == .active)
            await #expect(throws: Failure.notClosed) {
                try await office.closings.restore(uma.account.publicID, in: office.root)
            }
        }
    }

    @Test(
        "After 30 days nothing of the person is left, and the audit trail still proves itself",
        arguments: Engine.available
    )
    func erasure(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma) = (Office(house), house.cast.uma)
            try await office.upload(2, of: uma)
            try await office.close(uma, Self.toTrash)
            try await office.workOff()
            _ = try await AuditSealing(database: house.database).seal()
            house.clock.advance(by: .days(30))
            try await office.erase()

            let gone = try await office.accounts.find(uma.id, in: office.root)
            #expect(gone.status == .closed && gone.username == "erased_\(uma.id)_" && gone.storageUsed == 0)
            for query: SQL in [
                "SELECT count(*) FROM media WHERE owner_id = \(uma.id)",
                "SELECT count(*) FROM identity WHERE account_id = \(uma.id)",
                "SELECT count(*) FROM profile WHERE account_id = \(uma.id)",
                "SELECT count(*) FROM account WHERE email LIKE '%uma%' OR username LIKE '%uma%'",
                "SELECT count(*) FROM audit_personal WHERE content LIKE '%uma%'",
            ] {
                #expect(try await house.count(query) == 0)
            }
            _ = try await AuditSealing(database: house.database).seal()
            let audit = Audit(database: house.database, effects: house.clock.effects)
            guard case .intact = try await audit.verify() else {
                Issue.record("broken")
                return
            }
            await #expect(throws: Failure.erased) {
                try await office.closings.restore(uma.account.publicID, in: office.root)
            }
            // The address and the name are free again.
            let new = NewAccount(username: "uma", email: uma.email, password: "a very long secret", typeCode: "basic")
            _ = try await office.accounts.create(new, in: .system())
        }
    }

    @Test(
        "Items handed over belong to the heir with their storage, also when the account comes back",
        arguments: Engine.available
    )
    func handOver(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma, otto) = (Office(house), house.cast.uma, house.cast.otto)
            try await office.upload(3, of: uma)
            let bytes = try await house.storageUsed(by: uma)
            try await office.close(uma, ClosingChoice(items: "hand_over", heir: "OTTO", customers: "up"))
            try await office.workOff()
            #expect(try await office.titles(of: otto).count == 3)
            #expect(try await house.storageUsed(by: otto) == bytes)
            #expect(try await house.storageUsed(by: uma) == 0)
            try await office.closings.restore(uma.account.publicID, in: office.root)
            try await office.workOff()
            #expect(try await office.titles(of: otto).count == 3)
        }
    }

    @Test("Customers go up, or to whom is chosen, with everybody below them", arguments: Engine.available)
    func customers(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, cast) = (Office(house), house.cast)
            try await office.close(cast.sam, Self.toTrash)
            #expect(try await office.accounts.find(cast.uma.id, in: cast.rita.scope).parent == cast.rita.id)
            let other = ClosingChoice(items: "trash", customers: "other", customersTo: "rolf")
            try await office.close(cast.rita, other)
            #expect(try await office.accounts.find(cast.uma.id, in: cast.rolf.scope).parent == cast.rolf.id)
            #expect(try await office.accounts.descendants(of: cast.rita.id, in: office.root).isEmpty)
        }
    }

    @Test("What is not decided, or cannot be, is said at its field, and nothing happens", arguments: Engine.available)
    func refusals(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, cast) = (Office(house), house.cast)
            let wrong: [(ClosingChoice, [String])] = [
                (ClosingChoice(items: "", customers: ""), ["items", "customers"]),
                (ClosingChoice(items: "hand_over", heir: "sam", customers: "up"), ["heir"]),
                (ClosingChoice(items: "hand_over", heir: "nobody", customers: "up"), ["heir"]),
                (ClosingChoice(items: "trash", customers: "other", customersTo: "sam"), ["customers_to"]),
                // Below the account that is closed, and without the right to have customers.
                (ClosingChoice(items: "trash", customers: "other", customersTo: "uma"), ["customers_to"]),
                (ClosingChoice(items: "trash", customers: "other", customersTo: "otto"), ["customers_to"]),
            ]
            for (choice, fields) in wrong {
                let failure = await #expect(throws: Failure.self) { try await office.close(cast.sam, choice) }
                #expect(failure?.fields.map(\.field) == fields)
            }
            #expect(try await office.accounts.find(cast.sam.id, in: office.root).status == .active)
            await #expect(throws: Failure.lastAdministrator) { try await office.close(cast.root, Self.toTrash) }
            await #expect(throws: Failure.forbidden) {
                try await office.close(cast.sam, Self.toTrash, by: cast.sam.scope)
            }
            await #expect(throws: Failure.notFound) {
                try await office.close(cast.otto, Self.toTrash, by: cast.rita.scope)
            }
            await #expect(throws: Failure.forbidden) {
                try await office.close(cast.uma, Self.toTrash, by: cast.uma.scope)
            }
        }
    }
}
