import Persistence

/// All SQL of media types.
enum MediaTypeQueries {
    static let types: SQL = "SELECT kind, maximum_size FROM media_type ORDER BY position"

    static let formats: SQL = """
        SELECT kind, extension, content_type, accepted FROM media_format ORDER BY kind, extension
        """

    static func setMaximumSize(_ kind: MediaKind, _ size: Int64) -> SQL {
        "UPDATE media_type SET maximum_size = \(size) WHERE kind = \(kind)"
    }
}
