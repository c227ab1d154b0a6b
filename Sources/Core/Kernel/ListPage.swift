package import Persistence

/// A part of a list, and where it goes on.
package struct ListPage<Item: Sendable>: Sendable {
    package let items: [Item]
    /// nil on the last page.
    package let next: Cursor?

    package init(items: [Item], next: Cursor?) {
        self.items = items
        self.next = next
    }

    /// From a query that asked for one row more than the page holds: the surplus row only says that there is more.
    package init(fetched: [Item], limit: Int, cursor: (Item) -> Cursor) {
        items = Array(fetched.prefix(limit))
        next = fetched.count > limit ? items.last.map(cursor) : nil
    }

    package func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> ListPage<Other> {
        ListPage<Other>(items: try items.map(transform), next: next)
    }
}

/// The last row that was shown: its value in the sort column and its id. Lists go on behind it, so a deep page costs
/// what the first one costs, and rows that come or go meanwhile shift nothing.
package struct Cursor: Sendable, Hashable {
    package enum Key: Sendable, Hashable {
        case number(Int64)
        case text(String)
    }

    package let key: Key
    package let id: Int64

    package init(_ key: Key, id: Int64) {
        self.key = key
        self.id = id
    }

    /// As links and API answers carry it.
    package var text: String {
        let plain =
            switch key {
            case .number(let number): "n\(id):\(number)"
            case .text(let text): "t\(id):\(text)"
            }
        return Base64URL.encode(Array(plain.utf8))
    }

    /// Throws `Failure.badCursor` for a text that this program did not make.
    package init(text: String) throws(Failure) {
        guard text.utf8.count <= 2000, let bytes = Base64URL.decode(text),
            let plain = String(validating: bytes, as: UTF8.self), let colon = plain.firstIndex(of: ":"),
            let id = Int64(plain[..<colon].dropFirst())
        else { throw .badCursor }
        let rest = plain[plain.index(after: colon)...]
        self.id = id
        switch plain.first {
        case "n":
            guard let number = Int64(rest) else { throw .badCursor }
            key = .number(number)
        case "t": key = .text(String(rest))
        case .some, .none: throw .badCursor
        }
    }

    /// Orders and compares by the sort column and then by the id.
    package enum Direction: Sendable, Hashable {
        case ascending, descending

        package var sql: SQL {
            switch self {
            case .ascending: "ASC"
            case .descending: "DESC"
            }
        }
    }

    /// The condition for rows behind this one. Throws `Failure.badCursor` when the cursor was made for a list that is
    /// sorted by another kind of value.
    package func behind(
        _ column: SQL,
        _ idColumn: SQL,
        _ direction: Direction,
        key: SortKind
    ) throws(Failure) -> SQL {
        let value: SQLValue
        switch (self.key, key) {
        case (.number(let number), .number): value = .integer(number)
        case (.text(let text), .text): value = .text(text)
        case (.number, .text), (.text, .number): throw .badCursor
        }
        return switch direction {
        case .ascending: "(\(column), \(idColumn)) > (\(value), \(id))"
        case .descending: "(\(column), \(idColumn)) < (\(value), \(id))"
        }
    }

    package enum SortKind: Sendable, Hashable {
        case number, text
    }
}

extension Failure {
    package static let badCursor = Failure(
        .invalid,
        "bad_cursor",
        "This part of the list cannot be found. Start again at its beginning."
    )
}
