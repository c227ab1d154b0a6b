/// How far an item is, for pages that stay open.
package struct MediaStatus: Sendable, Hashable {
    package let publicID: String
    package let status: Media.Status
    /// From 0 to 1 while a job runs that can say so.
    package let progress: Double?
    /// What the job is doing, or why the item cannot be previewed: an English key for people.
    package let message: String?
    package let thumbnailTag: String?

    package init(
        publicID: String,
        status: Media.Status,
        progress: Double?,
        message: String?,
        thumbnailTag: String?
    ) {
        self.publicID = publicID
        self.status = status
        self.progress = progress
        self.message = message
        self.thumbnailTag = thumbnailTag
    }
}
