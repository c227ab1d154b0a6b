import Persistence

/// What a list shows of an item: one narrow row, read by the hundred.
package struct LibraryItem: Sendable, Hashable {
    package let id: ID<Media>
    package let publicID: String
    package let owner: ID<Account>
    package let kind: MediaKind
    package let title: String
    package let visibility: Media.Visibility
    package let status: Media.Status
    package let duration: Duration?
    package let width: Int?
    package let height: Int?
    package let size: Int64
    package let thumbnailTag: String?
    package let createdAt: Timestamp
    let titleKey: String

    static let columns: SQL = """
        m.id, m.public_id, m.owner_id, m.kind, m.title, m.title_key, m.visibility, m.status, m.duration, m.width,
        m.height, m.size, m.thumbnail_tag, m.created_at
        """

    init(_ row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        owner = try row["owner_id"]
        kind = try row["kind"]
        title = try row["title"]
        visibility = try row["visibility"]
        status = try row["status"]
        duration = Duration(column: try row["duration"])
        width = try row.optional("width")
        height = try row.optional("height")
        size = try row["size"]
        thumbnailTag = try row.optional("thumbnail_tag")
        createdAt = try row["created_at"]
        titleKey = try row["title_key"]
    }
}

extension LibraryItem {
    /// Where a list in that order goes on behind this item.
    func cursor(_ sort: LibraryRequest.Sort) -> Cursor {
        switch sort {
        case .newest, .oldest: Cursor(.number(createdAt.milliseconds), id: id.value)
        case .title: Cursor(.text(titleKey), id: id.value)
        case .size: Cursor(.number(size), id: id.value)
        case .duration: Cursor(.number(duration?.inMilliseconds ?? 0), id: id.value)
        }
    }
}
