/// A statement, or a piece of one, that can only come from literals in the source.
///
/// Values interpolated into it become bind parameters, `SQL` interpolated into it is spliced, and nothing else can get
/// in: injection is a type error. There is no way to make one from a runtime `String`.
///
///     let page: SQL = "SELECT \(Ticket.columns) FROM ticket WHERE status = \(status) ORDER BY id DESC LIMIT \(20)"
///
/// - `\(value)` binds one value (`?` on SQLite, `$n` on PostgreSQL); an optional binds NULL when it is nil.
/// - `\(any: values)` binds one array, whatever its length: `WHERE id \(any: ids)`. Write no operator before it.
/// - `\(list: values)` expands a small fixed list: `WHERE status IN (\(list: [.open, .closed]))`.
/// - `.either(sqlite:postgres:)` for the few places where dialects differ.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    enum Part: Sendable {
        case text(StaticString)
        case value(SQLValue)
        case array([SQLValue])
        indirect case either(sqlite: SQL, postgres: SQL)
    }

    private(set) var parts: [Part]

    package init(stringLiteral value: StaticString) {
        parts = value.utf8CodeUnitCount == 0 ? [] : [.text(value)]
    }

    package init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    private init(parts: [Part]) {
        self.parts = parts
    }

    /// Nothing at all; where an optional piece of a statement is absent.
    package static let empty = SQL(parts: [])

    package var isEmpty: Bool { parts.isEmpty }

    /// The same question in two dialects.
    package static func either(sqlite: SQL, postgres: SQL) -> SQL {
        SQL(parts: [.either(sqlite: sqlite, postgres: postgres)])
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        SQL(parts: left.parts + right.parts)
    }

    package static func += (left: inout SQL, right: SQL) {
        left.parts.append(contentsOf: right.parts)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            if literal.utf8CodeUnitCount > 0 { parts.append(.text(literal)) }
        }

        package mutating func appendInterpolation(_ value: some SQLBindable) {
            parts.append(.value(value.sqlValue))
        }

        package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            parts.append(.value(value?.sqlValue ?? .null))
        }

        package mutating func appendInterpolation(_ sql: SQL) {
            parts.append(contentsOf: sql.parts)
        }

        package mutating func appendInterpolation(any values: some Sequence<some SQLBindable>) {
            parts.append(.array(values.map(\.sqlValue)))
        }

        package mutating func appendInterpolation(list values: some Sequence<some SQLBindable>) {
            var first = true
            for value in values {
                if !first { parts.append(.text(", ")) }
                first = false
                parts.append(.value(value.sqlValue))
            }
            // `IN ()` is no SQL; NULL matches nothing.
            if first { parts.append(.text("NULL")) }
        }
    }
}

extension SQL {
    /// Locks the rows that a `SELECT` in a `.locking` write answers. SQLite's only writer needs no lock. Order by the id.
    package static let forUpdate: SQL = .either(sqlite: .empty, postgres: " FOR UPDATE")

    /// The same, passing over rows that another transaction has locked: for claiming work.
    package static let forUpdateSkipLocked: SQL = .either(sqlite: .empty, postgres: " FOR UPDATE SKIP LOCKED")
}

extension Sequence where Element == SQL {
    /// The pieces one after the other with a separator between them; empty pieces are left out.
    package func joined(_ separator: SQL) -> SQL {
        var result = SQL.empty
        for piece in self where !piece.isEmpty {
            if !result.isEmpty { result += separator }
            result += piece
        }
        return result
    }
}
