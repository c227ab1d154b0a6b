import Integrations

/// An opened file with all that an answer says about it.
package struct ServedFile: Sendable {
    let file: OpenedFile
    package let contentType: String
    /// Without quotes; a strong validator, as the bytes under it never change.
    package let etag: String
    package let lastModified: Timestamp
    /// For `Content-Disposition`.
    package let filename: String
    /// Browsers must not show it in the site's place: documents that could hold script, and every download.
    package let isAttachment: Bool
    /// Where it lies in storage, for a proxy that delivers it.
    package let location: String

    init(file: OpenedFile, _ at: MediaLocation) {
        self.file = file
        contentType = at.contentType
        etag = at.etag
        lastModified = at.lastModified
        filename = at.filename
        isAttachment = at.isAttachment
        location = at.key.text
    }

    /// Gives the open descriptor away, once: from then on the caller closes it.
    package func takeDescriptor() -> CInt? { file.handOver() }
}
