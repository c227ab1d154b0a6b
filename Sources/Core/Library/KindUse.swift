import Persistence

/// How much the items of one kind take up.
package struct KindUse: Sendable, Hashable {
    package let kind: MediaKind
    package let items: Int
    package let bytes: Int64

    package init(
        kind: MediaKind,
        items: Int,
        bytes: Int64
    ) {
        self.kind = kind
        self.items = items
        self.bytes = bytes
    }

    init(_ row: Row) throws {
        kind = try row["kind"]
        items = try row["items"]
        bytes = try row["bytes"]
    }
}
