/// What the sender of some bytes says about them.
package struct UploadChunk: Sendable, Hashable {
    /// Where the first byte belongs.
    package var offset: Int64
    /// How long the body says that it is, so that one that is too long is refused unread.
    package var contentLength: Int64?
    /// How long the whole upload will be, when it was created without a length.
    package var uploadLength: Int64?
    /// A body that ends in an error leaves nothing; else what came before it is kept.
    package var isAllOrNothing: Bool

    package init(
        offset: Int64,
        contentLength: Int64? = nil,
        uploadLength: Int64? = nil,
        isAllOrNothing: Bool = false
    ) {
        self.offset = offset
        self.contentLength = contentLength
        self.uploadLength = uploadLength
        self.isAllOrNothing = isAllOrNothing
    }
}
