import Persistence
import TestSupport
import Testing

struct BulkTests {
    @Test("A hundred thousand rows are loaded in one go", arguments: Engine.available)
    func many(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            let count = try await database.write { db in
                let rows = (0..<100_000).lazy.map { [SQLValue.text("name \($0)"), .integer(Int64($0)), .null] }
                try db.insert(into: "account", columns: ["name", "credits", "rating"], rows: rows)
                return try db.value("SELECT count(*) FROM account WHERE credits >= 0", as: Int.self)
            }
            #expect(count == 100_000)
        }
    }

    @Test("Signs that mean something to COPY arrive as they are", arguments: Engine.available)
    func signs(engine: Engine) async throws {
        let texts = ["a\tb", "a\nb", "a\\b", "\\N", "\\.", "", "a\r\nb", "é 🙂", "\"q\"", "{1,2}", "NULL"]
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            let read = try await database.write { db in
                let rows = texts.enumerated().map { index, text in
                    [SQLValue.integer(Int64(index)), .text(text), .blob(Array(text.utf8)), .real(Double(index) / 3)]
                }
                try db.insert(into: "account", columns: ["id", "name", "picture", "rating"], rows: rows)
                return try db.rows("SELECT id, name, picture, rating FROM account ORDER BY id").map(\.values)
            }
            let expected = texts.enumerated().map { index, text in
                [SQLValue.integer(Int64(index)), .text(text), .blob(Array(text.utf8)), .real(Double(index) / 3)]
            }
            #expect(read == expected)
        }
    }

    @Test("A row that breaks a rule undoes the whole load", arguments: Engine.available)
    func broken(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            let violation = await #expect(throws: ConstraintViolation.self) {
                try await database.write { db in
                    try db.insert(into: "account", columns: ["name"], rows: [[.text("a")], [.text("b")], [.text("a")]])
                }
            }
            #expect(violation?.constraint == "account_name")
            let isKept = try await database.read { try $0.exists("SELECT id FROM account") }
            #expect(!isKept)
        }
    }

    @Test("A row of the wrong length, or one that cannot be stored, is refused", arguments: Engine.available)
    func wrongLength(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            await #expect(throws: StatementRefused.self) {
                try await database.write { db in
                    try db.insert(into: "account", columns: ["name"], rows: [[.text("a")], [.text("b"), .null]])
                }
            }
            await #expect(throws: UnstorableText.self) {
                try await database.write { try $0.insert(into: "account", columns: ["name"], rows: [[.text("a\0")]]) }
            }
            let works = try await database.write { try $0.execute("INSERT INTO account (name) VALUES ('c')") }
            #expect(works == 1)
        }
    }
}
