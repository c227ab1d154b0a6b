/// One row of an answer. Columns are read by name with the type one expects:
///
///     init(_ row: Row) throws {
///         id = try row["id"]
///         title = try row["title"]
///         deletedAt = try row.optional("deleted_at")
///     }
package struct Row: Sendable {
    /// Column names with their positions, shared by all rows of one answer.
    package final class Columns: Sendable {
        let positions: [String: Int]

        package init(_ names: [String]) {
            positions = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private let columns: Columns
    private let values: [SQLValue]

    package init(columns: Columns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    package subscript<T: SQLReadable>(_ name: String) -> T {
        get throws {
            let value = try value(named: name)
            do { return try T(sqlValue: value) } catch let error as RowError {
                throw RowError("column \(name): \(error.description)")
            }
        }
    }

    /// The value, or nil where the column holds NULL.
    package func optional<T: SQLReadable>(_ name: String, as type: T.Type = T.self) throws -> T? {
        if case .null = try value(named: name) { return nil }
        return try self[name] as T
    }

    package func value(named name: String) throws -> SQLValue {
        guard let position = columns.positions[name] else { throw RowError("no column \(name)") }
        return values[position]
    }

    package func value(at position: Int) -> SQLValue {
        values[position]
    }
}
