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
