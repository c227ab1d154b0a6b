import Core
import Persistence
import TestSupport
import Testing

@Suite("Accounts")
struct AccountsTests {
    private func withCast(_ engine: Engine, _ body: (Accounts, Cast, any Database) async throws -> Void) async throws {
        try await withDatabase(engine) { database in
            let accounts = Accounts(database: database, effects: TestEffects().effects, passwords: CheapPasswords())
            try await body(accounts, try await Cast(accounts), database)
        }
    }

    @Test("Everybody sees whom they should, and nobody else exists", arguments: Engine.available)
    func visibility(engine: Engine) async throws {
        try await withCast(engine) { accounts, cast, _ in
            let sees: [(Cast.Member, Set<String>)] = [
                (cast.root, ["root", "rita", "sam", "uma", "rolf", "otto"]), (cast.rita, ["rita", "sam", "uma"]),
                (cast.sam, ["sam", "uma"]), (cast.uma, ["uma"]), (cast.rolf, ["rolf", "otto"]), (cast.otto, ["otto"]),
            ]
            for (who, expected) in sees {
                for other in cast.all {
                    let name = other.account.username
                    if expected.contains(name) {
                        #expect(try await accounts.find(other.id, in: who.scope).username == name)
                        #expect(try await accounts.byEmail(other.email.uppercased(), in: who.scope).id == other.id)
                    } else {
                        await #expect(throws: Failure.notFound) { try await accounts.find(other.id, in: who.scope) }
                        await #expect(throws: Failure.notFound) {
                            try await accounts.find(publicID: other.account.publicID, in: who.scope)
                        }
                        await #expect(throws: Failure.notFound) {
                            try await accounts.byEmail(other.email, in: who.scope)
                        }
                    }
                }
                let listed = try await accounts.list(.username, in: who.scope).items.map(\.username)
                #expect(listed == expected.sorted())
            }
        }
    }

    @Test("Lists go on where they stopped, in every order", arguments: Engine.available)
    func paging(engine: Engine) async throws {
        try await withCast(engine) { accounts, cast, _ in
            for sort in Accounts.Sort.allCases {
                let whole = try await accounts.list(sort, in: cast.root.scope)
                #expect(whole.items.count == 6 && whole.next == nil)
                var pieces: [Account] = []
                var cursor: Cursor?
                repeat {
                    let page = try await accounts.list(sort, behind: cursor, limit: 2, in: cast.root.scope)
                    pieces += page.items
                    // As a link carries it.
                    cursor = try page.next.map { try Cursor(text: $0.text) }
                } while cursor != nil
                #expect(pieces == whole.items)
            }
            let byName = try await accounts.list(.username, limit: 2, in: cast.root.scope).next
            await #expect(throws: Failure.badCursor) {
                try await accounts.list(.newest, behind: byName, in: cast.root.scope)
            }
        }
    }

    @Test("Names are told of those accounts that may be seen, and of no others", arguments: Engine.available)
    func names(engine: Engine) async throws {
        try await withCast(engine) { (accounts, cast, _) async throws in
            let asked: Set = [cast.uma.id, cast.sam.id, cast.otto.id]
            #expect(try await accounts.names(of: asked, in: cast.root.scope).values.sorted() == ["otto", "sam", "uma"])
            #expect(
                try await accounts.names(of: asked, in: cast.sam.scope) == [cast.sam.id: "sam", cast.uma.id: "uma"]
            )
            #expect(try await accounts.names(of: asked, in: cast.uma.scope) == [cast.uma.id: "uma"])
            #expect(try await accounts.names(of: [], in: cast.root.scope).isEmpty)
            #expect(try await accounts.names(of: asked, in: .visitor(tenant: .platform)).isEmpty)
        }
    }

    @Test("Visitors list nobody", arguments: Engine.available)
    func visitors(engine: Engine) async throws {
        try await withCast(engine) { accounts, _, _ in
            await #expect(throws: Failure.notSignedIn) { try await accounts.list(in: .visitor(tenant: .platform)) }
        }
    }

    @Test("A reseller makes customers below themselves, and no administrators", arguments: Engine.available)
    func resellers(engine: Engine) async throws {
        try await withCast(engine) { accounts, cast, _ in
            func new(_ name: String, _ type: String, _ parent: ID<Account>?) -> NewAccount {
                NewAccount(
                    username: name,
                    email: "\(name)@example.com",
                    password: "a very long secret",
                    typeCode: type,
                    parent: parent
                )
            }
            let own = try await accounts.create(new("one", "basic", nil), in: cast.rita.scope)
            #expect(own.parent == cast.rita.id)
            let below = try await accounts.create(new("two", "premium", cast.sam.id), in: cast.rita.scope)
            #expect(below.parent == cast.sam.id)
            for (draft, field) in [
                (new("three", "admin", nil), "user_type"), (new("four", "basic", cast.rolf.id), "parent"),
                (new("five", "nonsense", nil), "user_type"), (new("six", "basic", cast.uma.id), "parent"),
            ] {
                let failure = await #expect(throws: Failure.self) {
                    try await accounts.create(draft, in: cast.rita.scope)
                }
                #expect(failure?.fields.map(\.field) == [field])
            }
            await #expect(throws: Failure.forbidden) {
                try await accounts.create(new("seven", "basic", nil), in: cast.uma.scope)
            }
        }
    }

    @Test("A reseller's type limits how many customers and levels there are", arguments: Engine.available)
    func limits(engine: Engine) async throws {
        try await withCast(engine) { accounts, cast, database in
            try await database.write { db in
                _ = try db.execute("UPDATE user_type SET customers = 3, customer_levels = 2 WHERE code = 'reseller'")
            }
            func add(_ name: String, below parent: ID<Account>, type: String = "basic") async throws -> Account {
                try await accounts.create(
                    NewAccount(
                        username: name,
                        email: "\(name)@example.com",
                        password: "a very long secret",
                        typeCode: type,
                        parent: parent
                    ),
                    in: .system()
                )
            }
            // Rita has sam and uma: one more fits, a second does not, neither directly nor below sam.
            let third = try await add("third", below: cast.sam.id, type: "reseller")
            for parent in [cast.rita.id, cast.sam.id] {
                let failure = await #expect(throws: Failure.self) { try await add("fourth", below: parent) }
                #expect(failure?.fields.map(\.field) == ["parent"])
            }
            let deep = await #expect(throws: Failure.self) { try await add("deep", below: third.id) }
            #expect(deep?.fields.first?.message.contains("deep") == true)
        }
    }

    @Test("The last administrator stays", arguments: Engine.available)
    func lastAdministrator(engine: Engine) async throws {
        try await withCast(engine) { (accounts, cast, _) async throws in
            await #expect(throws: Failure.lastAdministrator) {
                try await accounts.setStatus(.suspended, of: cast.root.id, in: cast.root.scope)
            }
            #expect(try await accounts.find(cast.root.id, in: .system()).status == .active)
        }
    }

    @Test("Nobody changes the status of an account that is not theirs to manage", arguments: Engine.available)
    func status(engine: Engine) async throws {
        try await withCast(engine) { accounts, cast, _ in
            await #expect(throws: Failure.notFound) {
                try await accounts.setStatus(.suspended, of: cast.otto.id, in: cast.rita.scope)
            }
            await #expect(throws: Failure.forbidden) {
                try await accounts.setStatus(.suspended, of: cast.uma.id, in: cast.uma.scope)
            }
            try await accounts.setStatus(.suspended, of: cast.uma.id, in: cast.rita.scope)
            #expect(try await accounts.find(cast.uma.id, in: .system()).status == .suspended)
        }
    }

    @Test("Storage is counted up to the limit of the type and never below nothing", arguments: Engine.available)
    func storage(engine: Engine) async throws {
        try await withCast(engine) { accounts, cast, database in
            try await database.write { db in
                _ = try db.execute("UPDATE user_type SET storage_bytes = 100 WHERE code = 'basic'")
            }
            func add(_ bytes: Int64, to id: ID<Account>) async throws {
                try await database.write { db in try StorageUse.add(bytes, to: id, at: TestEffects.start, on: db) }
            }
            try await add(60, to: cast.uma.id)
            await #expect(throws: Failure.storageFull) { try await add(41, to: cast.uma.id) }
            try await add(40, to: cast.uma.id)
            #expect(try await accounts.find(cast.uma.id, in: .system()).storageUsed == 100)
            try await add(-500, to: cast.uma.id)
            #expect(try await accounts.find(cast.uma.id, in: .system()).storageUsed == 0)
            try await add(5_000_000_000_000, to: cast.root.id)
            await #expect(throws: Failure.storageFull) { try await add(.max, to: cast.uma.id) }
        }
    }
}
