import Persistence
import TestSupport
import Testing

struct TransactionTests {
    struct Refused: Error {}

    @Test("What was written is read back with its type", arguments: Engine.available)
    func values(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            let id = try await database.write { db in
                try db.value(
                    """
                    INSERT INTO account (name, credits, rating, picture, parent_id)
                    VALUES (\("Uma"), \(Int64.max), \(0.5), \([UInt8]([0, 255, 10])), \(Int?.none)) RETURNING id
                    """,
                    as: Int.self
                )
            }
            let row = try #require(
                try await database.read {
                    try $0.first("SELECT name, credits, rating, picture, parent_id FROM account")
                }
            )
            #expect(id == 1)
            #expect(row.values == [.text("Uma"), .integer(.max), .real(0.5), .blob([0, 255, 10]), .null])
        }
    }

    @Test("A throw rolls everything back", arguments: Engine.available)
    func rollback(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            await #expect(throws: Refused.self) {
                try await database.write { db in
                    try db.execute("INSERT INTO account (name) VALUES ('Uma')")
                    throw Refused()
                }
            }
            let accounts = try await database.read { try $0.values("SELECT name FROM account", as: String.self) }
            #expect(accounts == [])
        }
    }

    @Test("A transaction that swallowed a failed statement keeps nothing", arguments: Engine.available)
    func swallowed(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            await #expect(throws: TransactionAborted.self) {
                try await database.write { db in
                    try db.execute("INSERT INTO account (name) VALUES ('Uma')")
                    _ = try? db.execute("INSERT INTO account (name) VALUES ('Uma')")
                }
            }
            let accounts = try await database.read { try $0.values("SELECT name FROM account", as: String.self) }
            #expect(accounts == [])
        }
    }

    @Test("A read cannot write", arguments: Engine.available)
    func readOnly(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            await #expect(throws: StatementRefused.self) {
                try await database.read { try $0.execute("INSERT INTO account (name) VALUES ('Uma')") }
            }
        }
    }

    @Test("execute answers how many rows it changed", arguments: Engine.available)
    func changes(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            let counts = try await database.write { db in
                [
                    try db.execute("INSERT INTO account (name) VALUES ('a'), ('b'), ('c')"),
                    try db.execute("UPDATE account SET credits = 1 WHERE name <> 'a'"),
                    try db.execute("UPDATE account SET credits = 1 WHERE name = 'nobody'"),
                    try db.execute("INSERT INTO account (name) VALUES ('a') ON CONFLICT (name) DO NOTHING"),
                    try db.execute("SELECT id FROM account"),
                    try db.execute("DELETE FROM account"),
                ]
            }
            #expect(counts == [3, 2, 0, 0, 0, 3])
        }
    }
}
