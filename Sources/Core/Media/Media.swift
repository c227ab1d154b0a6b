import Persistence

/// A thing that somebody uploaded and others may watch, hear, see or read.
package struct Media: Sendable, Hashable {
    package enum Visibility: String, Sendable, Hashable, CaseIterable, SQLConvertible {
        /// The owner and those who manage the owner.
        case `private`
        /// Whoever has the link.
        case unlisted
        /// Everybody of the tenant, in lists and search.
        case `public`
    }

    package enum Status: String, Sendable, Hashable, CaseIterable, SQLConvertible {
        /// Stored; a job is making what pages show of it.
        case processing
        case ready
        /// Stored and there to download, but it cannot be previewed; `problem` says why.
        case failed
    }

    package let id: ID<Media>
    /// What stands in URLs.
    package let publicID: String
    package let tenant: ID<Tenant>
    package let owner: ID<Account>
    package let kind: MediaKind
    package let title: String
    package let description: String
    package let visibility: Visibility
    /// From which age on it is meant for people; nil while nobody said so.
    package let ageRating: AgeRating?
    package let status: Status
    /// Why it cannot be previewed: an English key for people.
    package let problem: String?
    package let duration: Duration?
    /// Pixels, as shown: after rotation.
    package let width: Int?
    package let height: Int?
    /// Bytes of the current original.
    package let size: Int64
    /// Changes whenever the thumbnail does; nil while there is none. Part of the thumbnail's URL.
    package let thumbnailTag: String?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    /// When it was put into the trash.
    package let deletedAt: Timestamp?
    let version: Int64
    /// What makes its files, or made them last.
    package let job: ID<Job>?

    static let columns: SQL = """
        m.id, m.public_id, m.tenant_id, m.owner_id, m.kind, m.title, m.description, m.visibility, m.age_rating, m.status,
        m.problem, m.duration, m.width, m.height, m.size, m.thumbnail_tag, m.created_at, m.updated_at, m.deleted_at, m.version,
        m.job_id
        """

    init(_ row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        tenant = try row["tenant_id"]
        owner = try row["owner_id"]
        kind = try row["kind"]
        title = try row["title"]
        description = try row["description"]
        visibility = try row["visibility"]
        ageRating = try row.optional("age_rating")
        status = try row["status"]
        problem = try row.optional("problem")
        duration = Duration(column: try row["duration"])
        width = try row.optional("width")
        height = try row.optional("height")
        size = try row["size"]
        thumbnailTag = try row.optional("thumbnail_tag")
        createdAt = try row["created_at"]
        updatedAt = try row["updated_at"]
        deletedAt = try row.optional("deleted_at")
        version = try row["version"]
        job = try row.optional("job_id")
    }
}

extension Duration {
    /// Lists are sorted by duration, so its column is never NULL: 0 stands for "has none".
    init?(column milliseconds: Int64) {
        guard milliseconds > 0 else { return nil }
        self = .milliseconds(milliseconds)
    }
}
