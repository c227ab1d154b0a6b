/// What somebody announces before the first byte.
package struct NewUpload: Sendable, Hashable {
    package var filename: String
    /// Bytes; nil when the client tells it with a later piece.
    package var length: Int64?
    /// Nil or blank: made from the file name.
    package var title: String?
    /// Nil or blank: private.
    package var visibility: String?
    /// Kept and returned as sent.
    package var metadata: String

    package init(
        filename: String,
        length: Int64?,
        title: String? = nil,
        visibility: String? = nil,
        metadata: String = ""
    ) {
        self.filename = filename
        self.length = length
        self.title = title
        self.visibility = visibility
        self.metadata = metadata
    }
}

/// What became of sent bytes.
package struct UploadProgress: Sendable, Hashable {
    /// Bytes that are on the disk for good; where to go on.
    package let offset: Int64
    /// The new item's public id when these bytes were the last ones.
    package let mediaPublicID: String?
    package let expiresAt: Timestamp
}
