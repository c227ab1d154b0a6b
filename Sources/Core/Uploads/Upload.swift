import Persistence

/// A file on its way in. It outlives connections, crashes and restarts: whoever began it goes on at `offset`.
package struct Upload: Sendable, Hashable {
    package let id: ID<Upload>
    /// What stands in its URL.
    package let publicID: String
    package let account: ID<Account>
    package let tenant: ID<Tenant>
    package let state: UploadState
    package let filename: String
    /// Bytes announced; nil while the client has yet to tell it, and for a form's file, whose length is known at its end.
    package let length: Int64?
    /// The client tells the length later, or has done so since.
    let isDeferred: Bool
    /// Bytes that are on the disk for good.
    package let offset: Int64
    /// The client's own description, returned exactly as it was sent.
    package let metadata: String
    package let createdAt: Timestamp
    /// After this it is gone unless more bytes come.
    package let expiresAt: Timestamp
    /// The item's public id once the upload is finished.
    package let mediaPublicID: String?

    /// Bytes held back from the account's storage; an upload without a length may not grow beyond that.
    let reserved: Int64
    let kind: MediaKind
    let title: String
    let visibility: Media.Visibility
    /// Set when the bytes were found good, and what they were found to be.
    let storageKey: String?
    let contentType: String?
    let sha256: String?

    static let columns: SQL = """
        u.id, u.public_id, u.account_id, u.tenant_id, u.state, u.filename, u.length, u.received, u.metadata,
        u.created_at, u.expires_at, u.kind, u.title, u.visibility, u.storage_key, u.content_type, u.sha256,
        u.reserved, u.is_deferred,
        (SELECT m.public_id FROM media m WHERE m.id = u.media_id) AS media_public_id
        """

    init(_ row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        account = try row["account_id"]
        tenant = try row["tenant_id"]
        state = try row["state"]
        filename = try row["filename"]
        length = try row.optional("length")
        isDeferred = try row["is_deferred"]
        offset = try row["received"]
        metadata = try row["metadata"]
        createdAt = try row["created_at"]
        expiresAt = try row["expires_at"]
        mediaPublicID = try row.optional("media_public_id")
        reserved = try row["reserved"]
        kind = try row["kind"]
        title = try row["title"]
        visibility = try row["visibility"]
        storageKey = try row.optional("storage_key")
        contentType = try row.optional("content_type")
        sha256 = try row.optional("sha256")
    }

    package var isComplete: Bool { offset == length }
}
