import Persistence

/// The bytes that somebody uploaded, exactly as they came. A newer version does not remove an older one.
package struct MediaFile: Sendable, Hashable {
    package let id: ID<MediaFile>
    /// The name it had on the uploader's machine.
    package let filename: String
    package let contentType: String
    /// Bytes.
    package let size: Int64
    /// Lower-case hexadecimal.
    package let sha256: String
    /// Browsers play or show the file as it is; no rendition stands in for it.
    package let isWebReady: Bool
    /// What the probe found, as a JSON object; nil until processed.
    package let metadata: String?
    package let createdAt: Timestamp
    let storageKey: String

    static let columns: SQL = """
        f.id, f.filename, f.content_type, f.size, f.sha256, f.is_web_ready, f.metadata, f.created_at, f.storage_key
        """

    init(_ row: Row) throws {
        id = try row["id"]
        filename = try row["filename"]
        contentType = try row["content_type"]
        size = try row["size"]
        sha256 = try row["sha256"]
        isWebReady = try row["is_web_ready"]
        metadata = try row.optional("metadata")
        createdAt = try row["created_at"]
        storageKey = try row["storage_key"]
    }
}
