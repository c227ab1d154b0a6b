/// What a database column can hold.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// A Swift value that can be a bind parameter.
package protocol SQLBindable: Sendable {
    var sqlValue: SQLValue { get }
}

/// A Swift value that can be read from a column; throws `RowError` when the column holds something else.
package protocol SQLReadable: Sendable {
    init(sqlValue: SQLValue) throws
}

package typealias SQLConvertible = SQLBindable & SQLReadable

/// A column that does not hold what the code expects; a programmer's mistake or a damaged database.
package struct RowError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    static func expected(_ type: String, found value: SQLValue) -> RowError {
        RowError("expected \(type), found \(value.kind)")
    }
}

extension SQLValue {
    var kind: String {
        switch self {
        case .null: "NULL"
        case .integer: "an integer"
        case .real: "a real number"
        case .text: "text"
        case .blob: "a blob"
        }
    }
}

extension SQLValue: SQLBindable {
    package var sqlValue: SQLValue { self }
}

extension Int64: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self) }
    package init(sqlValue: SQLValue) throws {
        guard case .integer(let value) = sqlValue else { throw RowError.expected("an integer", found: sqlValue) }
        self = value
    }
}

extension Int: SQLConvertible {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
    package init(sqlValue: SQLValue) throws { self = Int(try Int64(sqlValue: sqlValue)) }
}

extension Bool: SQLConvertible {
    /// Booleans are stored as the integers 0 and 1 on both engines.
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
    package init(sqlValue: SQLValue) throws { self = try Int64(sqlValue: sqlValue) != 0 }
}

extension Double: SQLConvertible {
    package var sqlValue: SQLValue { .real(self) }
    package init(sqlValue: SQLValue) throws {
        switch sqlValue {
        case .real(let value): self = value
        case .integer(let value): self = Double(value)
        case .null, .text, .blob: throw RowError.expected("a real number", found: sqlValue)
        }
    }
}

extension String: SQLConvertible {
    package var sqlValue: SQLValue { .text(self) }
    package init(sqlValue: SQLValue) throws {
        guard case .text(let value) = sqlValue else { throw RowError.expected("text", found: sqlValue) }
        self = value
    }
}

extension [UInt8]: SQLBindable {
    package var sqlValue: SQLValue { .blob(self) }
}

extension [UInt8]: SQLReadable {
    package init(sqlValue: SQLValue) throws {
        guard case .blob(let value) = sqlValue else { throw RowError.expected("a blob", found: sqlValue) }
        self = value
    }
}

/// Enums with raw values are stored as those values: `enum Visibility: String, SQLConvertible`.
extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
    package var sqlValue: SQLValue { rawValue.sqlValue }
}

extension SQLReadable where Self: RawRepresentable, RawValue: SQLReadable {
    package init(sqlValue: SQLValue) throws {
        let raw = try RawValue(sqlValue: sqlValue)
        guard let value = Self(rawValue: raw) else { throw RowError("\(Self.self) has no case \(raw)") }
        self = value
    }
}
