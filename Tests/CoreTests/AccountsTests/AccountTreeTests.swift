import Core
import Persistence
import TestSupport
import Testing

@Suite("The tree of accounts")
struct AccountTreeTests {
    private struct Pair: Hashable {
        let ancestor: Int64
        let descendant: Int64
        let depth: Int
    }

    @Test(
        "The closure is what walking from parent to parent finds, after any growth and any move",
        arguments: Engine.available
    )
    func closure(engine: Engine) async throws {
        let seed = UInt64.random(in: .min ... .max)
        try await withDatabase(engine) { database in
            var random = SeededRandom(seed: seed)
            let accounts = Accounts(
                database: database,
                effects: TestEffects(seed: seed).effects,
                passwords: CheapPasswords()
            )
            try await database.write { db in
                _ = try db.execute("UPDATE user_type SET customers = NULL, customer_levels = NULL")
            }
            var ids: [ID<Account>] = []
            for number in 0..<60 {
                if ids.count >= 2, Int.random(in: 0..<3, using: &random) == 0 {
                    let account = ids.randomElement(using: &random) ?? ids[0]
                    let parent = Int.random(in: 0..<5, using: &random) == 0 ? nil : ids.randomElement(using: &random)
                    // A move below oneself is refused and leaves everything as it was.
                    do { try await accounts.move(account, below: parent, in: .system()) } catch is Failure {}
                } else {
                    let account = try await accounts.create(
                        NewAccount(
                            username: "user\(number)",
                            email: "user\(number)@example.com",
                            password: "a very long secret",
                            typeCode: "reseller",
                            parent: ids.randomElement(using: &random)
                        ),
                        in: .system()
                    )
                    ids.append(account.id)
                }
                let (closure, expected) = try await Self.both(database)
                #expect(closure == expected, "seed \(seed), step \(number)")
            }
            // The questions about the tree answer what the walk found.
            let (_, walked) = try await Self.both(database)
            for id in ids {
                let above = walked.filter { $0.descendant == id.value }
                #expect(try await accounts.hierarchyLevel(of: id, in: .system()) == above.count - 1, "seed \(seed)")
                let below = walked.filter { $0.ancestor == id.value && $0.depth > 0 }
                let found = try await accounts.descendants(of: id, in: .system())
                #expect(
                    Set(found.map { Pair(ancestor: id.value, descendant: $0.account.value, depth: $0.depth) }) == below,
                    "seed \(seed)"
                )
                #expect(found.map(\.depth) == found.map(\.depth).sorted())
                let scope = try await accounts.scope(for: id)
                for other in ids.prefix(12) {
                    let isBelow = below.contains { $0.descendant == other.value }
                    #expect(try await accounts.canManage(other, in: scope) == isBelow, "seed \(seed)")
                }
            }
        }
    }

    @Test("Nothing moves below itself, and a move takes everybody below along", arguments: Engine.available)
    func moves(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let accounts = Accounts(database: database, effects: TestEffects().effects, passwords: CheapPasswords())
            let cast = try await Cast(accounts)
            for target in [cast.rita.id, cast.sam.id] {
                let failure = await #expect(throws: Failure.self) {
                    try await accounts.move(cast.rita.id, below: target, in: cast.root.scope)
                }
                #expect(failure?.fields.map(\.field) == ["parent"])
            }
            await #expect(throws: Failure.forbidden) {
                try await accounts.move(cast.uma.id, below: cast.rita.id, in: cast.rita.scope)
            }
            try await accounts.move(cast.sam.id, below: cast.rolf.id, in: cast.root.scope)
            #expect(try await accounts.find(cast.uma.id, in: cast.rolf.scope).parent == cast.sam.id)
            await #expect(throws: Failure.notFound) { try await accounts.find(cast.uma.id, in: cast.rita.scope) }
        }
    }

    @Test("Of opposite moves at the same time one is refused, and there is never a circle", arguments: Engine.available)
    func oppositeMoves(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let accounts = Accounts(database: database, effects: TestEffects().effects, passwords: CheapPasswords())
            let cast = try await Cast(accounts)
            let (rita, rolf) = (cast.rita.id, cast.rolf.id)
            func succeeds(_ account: ID<Account>, below parent: ID<Account>) async throws -> Bool {
                do {
                    try await accounts.move(account, below: parent, in: cast.root.scope)
                    return true
                } catch let failure as Failure {
                    #expect(failure.fields.map(\.field) == ["parent"])
                    return false
                }
            }
            for _ in 0..<12 {
                async let one = succeeds(rita, below: rolf)
                async let other = succeeds(rolf, below: rita)
                #expect(try await [one, other].count { $0 } == 1)
                let (closure, expected) = try await Self.both(database)
                #expect(closure == expected)
                for id in [rita, rolf] { try await accounts.move(id, below: nil, in: cast.root.scope) }
            }
        }
    }

    @Test("No branch grows deeper than 32 levels, whatever the types allow", arguments: Engine.available)
    func depth(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let accounts = Accounts(database: database, effects: TestEffects().effects, passwords: CheapPasswords())
            try await database.write { db in
                try db.execute("UPDATE user_type SET customers = NULL, customer_levels = NULL")
            }
            var parent: ID<Account>?
            func grow(_ number: Int) async throws {
                let new = NewAccount(
                    username: "user\(number)",
                    email: "user\(number)@example.com",
                    password: "a very long secret",
                    typeCode: "reseller",
                    parent: parent
                )
                parent = try await accounts.create(new, in: .system()).id
            }
            for number in 0...32 { try await grow(number) }
            let failure = await #expect(throws: Failure.self) { try await grow(33) }
            #expect(failure?.fields.map(\.field) == ["parent"])
            let deepest = try #require(parent)
            #expect(try await accounts.hierarchyLevel(of: deepest, in: .system()) == 32)
        }
    }

    private static func both(_ database: any Database) async throws -> (closure: Set<Pair>, expected: Set<Pair>) {
        try await database.read { db in
            let closure = try db.all("SELECT ancestor_id, descendant_id, depth FROM account_tree") { row in
                Pair(ancestor: try row["ancestor_id"], descendant: try row["descendant_id"], depth: try row["depth"])
            }
            var parents: [Int64: Int64] = [:]
            var expected: Set<Pair> = []
            let rows = try db.rows("SELECT id, parent_id FROM account")
            for row in rows { parents[try row["id"]] = try row.optional("parent_id") }
            for row in rows {
                let account: Int64 = try row["id"]
                var depth = 0
                var current: Int64? = account
                while let ancestor = current, depth <= rows.count {
                    expected.insert(Pair(ancestor: ancestor, descendant: account, depth: depth))
                    depth += 1
                    current = parents[ancestor]
                }
            }
            #expect(closure.count == Set(closure).count)
            return (Set(closure), expected)
        }
    }
}
