import Persistence

/// A file that was made from an original, for a page to show. It is never changed: a new run makes new ones.
package struct Rendition: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, SQLConvertible {
        /// JPEG, at most 300 × 300: the picture itself, a frame, a cover, the shape of a sound, a first page.
        case thumbnail
        /// JPEG that stands in for a video until it plays, or an audio's cover; at most 1280 × 1280.
        case poster
        /// JPEG of an image, upright and without what the camera wrote into it, at most 1600 × 1600.
        case display
        /// Film or sound that browsers play.
        case playback
    }

    package let id: ID<Rendition>
    package let kind: Kind
    package let contentType: String
    /// Bytes.
    package let size: Int64
    /// Pixels; nil for what has none.
    package let width: Int?
    package let height: Int?
    /// Names this very content: part of its URL and its ETag.
    package let tag: String
    let storageKey: String

    static let columns: SQL = """
        r.id, r.kind, r.content_type, r.size, r.width, r.height, r.tag, r.storage_key
        """

    init(_ row: Row) throws {
        id = try row["id"]
        kind = try row["kind"]
        contentType = try row["content_type"]
        size = try row["size"]
        width = try row.optional("width")
        height = try row.optional("height")
        tag = try row["tag"]
        storageKey = try row["storage_key"]
    }
}
