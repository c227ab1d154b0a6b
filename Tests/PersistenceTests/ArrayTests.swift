import Persistence
import TestSupport
import Testing

struct ArrayTests {
    @Test("Arrays of every type find what they name, and an empty one nothing", arguments: Engine.available)
    func arrays(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            let found = try await database.write { db in
                try db.insert(
                    into: "account",
                    columns: ["id", "name", "rating", "picture"],
                    rows: [
                        [.integer(1), .text("it's \"q\" \\ {a,b}"), .real(0.1), .blob([0, 1])],
                        [.integer(.max), .text("NULL"), .real(-2e300), .blob([])],
                        [.integer(3), .text("é"), .null, .null],
                    ]
                )
                return [
                    try db.values(
                        "SELECT id FROM account WHERE id \(any: [1, Int64.max, 9]) ORDER BY id",
                        as: Int64.self
                    ),
                    try db.values("SELECT id FROM account WHERE name \(any: ["it's \"q\" \\ {a,b}", "é"]) ORDER BY id"),
                    try db.values("SELECT id FROM account WHERE name \(any: ["NULL"])"),
                    try db.values("SELECT id FROM account WHERE rating \(any: [0.1, -2e300]) ORDER BY id"),
                    try db.values("SELECT id FROM account WHERE picture \(any: [[0, 1], []] as [[UInt8]]) ORDER BY id"),
                    try db.values("SELECT id FROM account WHERE id \(any: [Int]())"),
                    try db.values("SELECT id FROM account WHERE NOT (id \(any: [1, 3]))"),
                ]
            }
            #expect(found == [[1, .max], [1, 3], [.max], [1, .max], [1, .max], [], [.max]])
        }
    }

    @Test("Ten thousand ids are one parameter", arguments: Engine.available)
    func many(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            let count = try await database.write { db in
                try db.insert(into: "account", columns: ["name"], rows: (0..<100).map { [.text("\($0)")] })
                return try db.value("SELECT count(*) FROM account WHERE id \(any: Array(51...10_050))", as: Int.self)
            }
            #expect(count == 50)
        }
    }
}
