/// One row of an answer. Columns are read by name with the type one expects:
///
///     init(_ row: Row) throws {
///         id = try row["id"]
///         title = try row["title"]
///         deletedAt = try row.optional("deleted_at")
///     }
package struct Row: Sendable {
    /// Column names, shared by all rows of one answer.
    package final class Columns: Sendable {
        package let names: [String]

        package init(_ names: [String]) {
            self.names = names
        }

        /// Looking through a few short names is faster than hashing one. Of two columns with one name, the first counts.
        func position(of name: String) -> Int? {
            names.firstIndex(of: name)
        }
    }

    package let columns: Columns
    package let values: [SQLValue]

    package init(columns: Columns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    package subscript<T: SQLReadable>(_ name: String) -> T {
        get throws { try decode(value(named: name), of: name) }
    }

    /// The value, or nil where the column holds NULL.
    package func optional<T: SQLReadable>(_ name: String, as type: T.Type = T.self) throws -> T? {
        let value = try value(named: name)
        if case .null = value { return nil }
        return try decode(value, of: name)
    }

    package func value(named name: String) throws -> SQLValue {
        guard let position = columns.position(of: name) else { throw RowError("no column \(name)") }
        return values[position]
    }

    package func value(at position: Int) -> SQLValue {
        values[position]
    }

    private func decode<T: SQLReadable>(_ value: SQLValue, of name: String) throws -> T {
        do {
            return try T(sqlValue: value)
        } catch let error as RowError {
            throw RowError("column \(name): \(error.description)")
        }
    }
}
