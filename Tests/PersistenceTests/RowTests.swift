import Persistence
import Testing

struct RowTests {
    enum Visibility: String, SQLConvertible {
        case hidden
        case shown
    }

    let row = Row(
        columns: Row.Columns(["id", "name", "rating", "picture", "parent", "id"]),
        values: [.integer(7), .text("shown"), .real(0.5), .blob([1]), .null, .integer(8)]
    )

    @Test("Columns are read with the type that one expects")
    func types() throws {
        #expect(try row["id"] == Int64(7))
        #expect(try row["id"] == true)
        #expect(try row["id"] == 7.0)
        #expect(try row["name"] == "shown")
        #expect(try row["name"] == Visibility.shown)
        #expect(try row["picture"] == [UInt8]([1]))
        #expect(try row.optional("parent", as: Int.self) == nil)
        #expect(try row.optional("rating") == 0.5)
    }

    @Test("What a column does not hold is refused with its name, and never with the value")
    func refusals() {
        let wrong = #expect(throws: RowError.self) { try row["name"] as Int }
        #expect(wrong?.description == "column name: expected an integer, found text")
        let missing = #expect(throws: RowError.self) { try row["title"] as String }
        #expect(missing?.description == "no column title")
        #expect(throws: RowError.self) { try row["parent"] as String }
        #expect(throws: RowError.self) { try row["rating"] as Int }
        #expect(throws: RowError.self) { try row["id"] as String }
    }

    @Test("Of two columns with one name the first counts")
    func doubled() throws {
        #expect(try row["id"] == 7)
    }
}
