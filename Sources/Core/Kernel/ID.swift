package import Persistence

/// The database's number for one thing, typed by what it numbers: an `ID<Account>` is no `ID<Media>`.
package struct ID<Subject>: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let value: Int64

    package init(_ value: Int64) {
        self.value = value
    }

    package var description: String { String(value) }

    package static func < (left: ID, right: ID) -> Bool { left.value < right.value }
}

extension ID: SQLConvertible {
    package var sqlValue: SQLValue { .integer(value) }
    package init(sqlValue: SQLValue) throws { value = try Int64(sqlValue: sqlValue) }
}
