import Persistence
import TestSupport
import Testing

struct IsolationTests {
    private func withAccounts(_ engine: Engine, _ body: (any Database) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            try await database.write { db in
                try db.execute("INSERT INTO account (id, name, credits) VALUES (1, 'Rita', 60), (2, 'Sam', 60)")
            }
            try await body(database)
        }
    }

    /// Two writes each look at both rows and change one. One at a time, the second sees what the first did and refrains;
    /// together they would take 120 of the 120 credits although each may only leave 60 behind.
    @Test("Write skew cannot happen", arguments: Engine.available)
    func writeSkew(engine: Engine) async throws {
        try await withAccounts(engine) { database in
            for _ in 0..<10 {
                try await database.write { try $0.execute("UPDATE account SET credits = 60") }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for id in [1, 2] {
                        group.addTask {
                            try await database.write { db in
                                let total: Int = try db.value("SELECT sum(credits) FROM account") ?? 0
                                guard total >= 120 else { return }
                                try db.execute("UPDATE account SET credits = credits - 60 WHERE id = \(id)")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let total = try await database.read { try $0.value("SELECT sum(credits) FROM account", as: Int.self) }
                #expect(total == 60)
            }
        }
    }

    @Test("A read sees one moment, whatever is written meanwhile", arguments: Engine.available)
    func oneMoment(engine: Engine) async throws {
        try await withAccounts(engine) { database in
            let gate = Gate()
            async let seen = database.read { db in
                let before: Int = try db.value("SELECT credits FROM account WHERE id = 1") ?? 0
                gate.hold()
                let after: Int = try db.value("SELECT credits FROM account WHERE id = 1") ?? 0
                return [before, after]
            }
            await gate.isHeld()
            try await database.write { try $0.execute("UPDATE account SET credits = 10 WHERE id = 1") }
            gate.open()
            #expect(try await seen == [60, 60])
        }
    }

    @Test("Increments from many tasks are all kept", arguments: Engine.available, [false, true])
    func increments(engine: Engine, locking: Bool) async throws {
        try await withAccounts(engine) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await database.write(locking ? .locking : .serializable) { db in
                            let credits: Int =
                                try db.value("SELECT credits FROM account WHERE id = 1\(.forUpdate)") ?? 0
                            try db.execute("UPDATE account SET credits = \(credits + 1) WHERE id = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let credits = try await database.read {
                try $0.value("SELECT credits FROM account WHERE id = 1", as: Int.self)
            }
            #expect(credits == 100)
        }
    }

    @Test("Claims that skip locked rows never claim one twice", arguments: Engine.available)
    func claims(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            try await database.write { db in
                try db.insert(into: "account", columns: ["name"], rows: (0..<50).map { [.text("job \($0)")] })
            }
            let claimed = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var mine: [Int] = []
                        while let id = try await Self.claim(database) { mine.append(id) }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.sorted() == Array(1...50))
        }
    }

    private static func claim(_ database: any Database) async throws -> Int? {
        try await database.write(.locking) { db in
            try db.value(
                """
                UPDATE account SET credits = 1 WHERE id = (
                    SELECT id FROM account WHERE credits = 0 ORDER BY id LIMIT 1\(.forUpdateSkipLocked)
                ) RETURNING id
                """,
                as: Int.self
            )
        }
    }
}
