import Persistence

/// What follows an upload: find out what the file holds, and make what pages show of it.
enum Processing {
    static let kind: JobKind = "media.process"

    /// One at a time for each item; a second request while one waits or runs is the same one.
    static func request(for media: ID<Media>, tenant: ID<Tenant>, owner: ID<Account>) -> JobRequest {
        JobRequest(
            kind: kind,
            payload: ["media": String(media.value)],
            tenant: tenant,
            owner: owner,
            uniqueKey: "media.process:\(media)",
            maxAttempts: 4
        )
    }
}
