import Persistence

/// A deleted item that can still be brought back.
package struct TrashItem: Sendable, Hashable {
    /// How long that is.
    package static let lifetime = Duration.days(30)

    package let id: ID<Media>
    package let publicID: String
    package let owner: ID<Account>
    package let kind: MediaKind
    package let title: String
    package let size: Int64
    package let thumbnailTag: String?
    package let deletedAt: Timestamp
    /// When it is removed for good.
    package var removedAt: Timestamp { deletedAt + Self.lifetime }

    static let columns: SQL =
        "m.id, m.public_id, m.tenant_id, m.owner_id, m.kind, m.title, m.visibility, m.size, m.thumbnail_tag, m.deleted_at"

    let tenant: ID<Tenant>
    let visibility: Media.Visibility

    init(_ row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        tenant = try row["tenant_id"]
        owner = try row["owner_id"]
        kind = try row["kind"]
        title = try row["title"]
        visibility = try row["visibility"]
        size = try row["size"]
        thumbnailTag = try row.optional("thumbnail_tag")
        deletedAt = try row["deleted_at"]
    }
}
