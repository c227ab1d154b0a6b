import Persistence
import TestSupport
import Testing

struct ConstraintTests {
    @Test("A taken unique index is told by its name", arguments: Engine.available)
    func unique(engine: Engine) async throws {
        let violation = try await violation(engine) { db in
            try db.execute("INSERT INTO account (name) VALUES ('Uma')")
            try db.execute("INSERT INTO account (name) VALUES ('Uma')")
        }
        #expect(violation?.kind == .unique)
        #expect(violation?.constraint == "account_name")
        #expect(violation?.table == "account")
        #expect(violation?.columns == ["name"])
    }

    @Test("A taken id is a broken unique constraint", arguments: Engine.available)
    func primaryKey(engine: Engine) async throws {
        let violation = try await violation(engine) { db in
            try db.execute("INSERT INTO account (id, name) VALUES (5, 'Uma')")
            try db.execute("INSERT INTO account (id, name) VALUES (5, 'Otto')")
        }
        #expect(violation?.kind == .unique)
        #expect(violation?.columns == ["id"])
    }

    @Test("A broken CHECK is told by its name", arguments: Engine.available)
    func check(engine: Engine) async throws {
        let violation = try await violation(engine) { db in
            try db.execute("INSERT INTO account (name, credits) VALUES ('Uma', -1)")
        }
        #expect(violation?.kind == .check)
        #expect(violation?.constraint == "account_credits_floor")
    }

    @Test("A missing value is told by its column", arguments: Engine.available)
    func notNull(engine: Engine) async throws {
        let violation = try await violation(engine) { db in
            try db.execute("INSERT INTO account (name) VALUES (\(String?.none))")
        }
        #expect(violation?.kind == .notNull)
        #expect(violation?.columns == ["name"])
    }

    @Test("A reference to nothing, and the deletion of what is referred to", arguments: Engine.available)
    func foreignKey(engine: Engine) async throws {
        let dangling = try await violation(engine) { db in
            try db.execute("INSERT INTO account (name, parent_id) VALUES ('Uma', 99)")
        }
        #expect(dangling?.kind == .foreignKey)
        let restricted = try await violation(engine) { db in
            try db.execute("INSERT INTO account (id, name) VALUES (1, 'Rita')")
            try db.execute("INSERT INTO account (id, name, parent_id) VALUES (2, 'Uma', 1)")
            try db.execute("DELETE FROM account WHERE id = 1")
        }
        #expect(restricted?.kind == .foreignKey)
        let carded = try await violation(engine) { db in
            try db.execute("INSERT INTO account (id, name) VALUES (1, 'Rita')")
            try db.execute("INSERT INTO card (account_id) VALUES (1)")
            try db.execute("DELETE FROM account WHERE id = 1")
        }
        #expect(carded?.kind == .foreignKey)
    }

    @Test("An expected conflict is handled by the statement itself", arguments: Engine.available)
    func onConflict(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            let ids = try await database.write { db in
                try (0..<2).map { _ in
                    try db.value(
                        "INSERT INTO account (name) VALUES ('Uma') ON CONFLICT (name) DO NOTHING RETURNING id",
                        as: Int.self
                    )
                }
            }
            #expect(ids == [1, nil])
        }
    }

    @Test("Text that PostgreSQL cannot hold is refused by both engines", arguments: Engine.available)
    func nul(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            await #expect(throws: UnstorableText.self) {
                try await database.write { try $0.execute("INSERT INTO account (name) VALUES (\("a\0b"))") }
            }
        }
    }

    @Test("A mistake in a statement is told without the values", arguments: Engine.available)
    func mistakes(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            let refused = await #expect(throws: StatementRefused.self) {
                try await database.read { _ = try $0.rows("SELECT nothing FROM account WHERE name = \("secret")") }
            }
            #expect(refused?.description.contains("nothing") == true)
            #expect(refused?.description.contains("secret") == false)
        }
    }

    private func violation(
        _ engine: Engine,
        _ body: @escaping @Sendable (any Connection) throws -> Void
    ) async throws -> ConstraintViolation? {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            await #expect(throws: ConstraintViolation.self) { try await database.write { try body($0) } }
        }
    }
}
