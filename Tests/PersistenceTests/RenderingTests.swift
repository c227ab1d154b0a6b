import Testing

@testable import Persistence

struct RenderingTests {
    @Test("Values become placeholders, numbered on PostgreSQL, in their order")
    func values() {
        let sql: SQL = "SELECT id FROM t WHERE a = \(1) AND b = \("x") AND c IS \(Int?.none)"
        let sqlite = SQLiteStatementText(sql)
        #expect(sqlite.text == "SELECT id FROM t WHERE a = ? AND b = ? AND c IS ?")
        #expect(sqlite.values == [.integer(1), .text("x"), .null])
        #expect(PostgresStatementText(sql).text == "SELECT id FROM t WHERE a = $1 AND b = $2 AND c IS $3")
    }

    @Test("SQL is spliced into SQL, and its values keep their places")
    func splicing() {
        let condition: SQL = "owner_id = \(7)"
        let sql: SQL = "SELECT id FROM t WHERE \(condition) AND a = \(8) LIMIT \(9)"
        #expect(PostgresStatementText(sql).text == "SELECT id FROM t WHERE owner_id = $1 AND a = $2 LIMIT $3")
        #expect(SQLiteStatementText(sql).values == [.integer(7), .integer(8), .integer(9)])
    }

    @Test("An array is one parameter whatever its length")
    func arrays() {
        let sql: SQL = "SELECT id FROM t WHERE id \(any: [1, 2, 3]) AND a = \(4)"
        let sqlite = SQLiteStatementText(sql)
        #expect(sqlite.text == "SELECT id FROM t WHERE id IN (SELECT value FROM json_each(?)) AND a = ?")
        #expect(sqlite.values == [.text("[1,2,3]"), .integer(4)])
        #expect(PostgresStatementText(sql).text == "SELECT id FROM t WHERE id = ANY($1) AND a = $2")
    }

    @Test("Text in an array is quoted as JSON wants it")
    func quoting() {
        #expect(
            JSONArrayText([.text("a\"b\\c\n\u{1}é"), .null, .real(0.5)])?.string
                == #"["a\"b\\c\u000a\u0001é",null,0.5]"#
        )
        #expect(JSONArrayText([.blob([1])]) == nil)
        #expect(JSONArrayText([.real(.infinity)]) == nil)
    }

    @Test("Blobs, which JSON cannot hold, are bound one by one")
    func blobArrays() {
        let sql: SQL = "SELECT id FROM t WHERE hash \(any: [[UInt8]]([[1], [2]]))"
        #expect(SQLiteStatementText(sql).text == "SELECT id FROM t WHERE hash IN (?, ?)")
    }

    @Test("A list is expanded, and an empty one matches nothing")
    func lists() {
        #expect(SQLiteStatementText("a IN (\(list: ["x", "y"]))").text == "a IN (?, ?)")
        #expect(SQLiteStatementText("a IN (\(list: [String]()))").text == "a IN (NULL)")
    }

    @Test("Each dialect gets its own half of an either, and pieces are joined without the empty ones")
    func pieces() {
        let sql: SQL = "SELECT id FROM job\(.forUpdateSkipLocked)"
        #expect(SQLiteStatementText(sql).text == "SELECT id FROM job")
        #expect(PostgresStatementText(sql).text == "SELECT id FROM job FOR UPDATE SKIP LOCKED")
        let conditions: [SQL] = ["a = 1", .empty, "b = \(2)"]
        #expect(SQLiteStatementText(conditions.joined(" AND ")).text == "a = 1 AND b = ?")
        #expect([SQL]().joined(", ").isEmpty)
    }

    @Test("Placeholders of two digits are counted right")
    func manyParameters() {
        let sql: SQL = "VALUES (\(list: Array(1...12)))"
        #expect(PostgresStatementText(sql).text == "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    }
}
