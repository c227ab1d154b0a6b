import Persistence

/// Tells people of something, inside the transaction in which it happens: there is never one without the other.
enum Notify {
    /// The mail that goes with it, where somebody wants one, is written in the same transaction. For what concerns security
    /// whoever calls sends a letter of its own.
    static func tell(
        _ account: ID<Account>,
        _ event: NotificationEvent,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        let id: ID<NotificationEntry> = try db.inserted(NotificationQueries.insert(event, for: account, at: now))
        guard case .asChosen(let byDefault) = event.kind.mailRule else { return }
        let choice = try db.value(NotificationQueries.choice(event.kind, of: account), as: Bool.self)
        // Titles of items are nothing for an address that may be a stranger's.
        guard choice ?? byDefault, let reader = try AccountQueries.find(account, in: .system(), on: db),
            reader.isEmailVerified
        else { return }
        try Outbox.add(
            .notification,
            to: reader,
            language: "en",
            about: LetterSubject(notification: id),
            at: now,
            on: db
        )
    }

    /// Whether an item can be looked at, or why not, once that is known.
    static func tell(of media: Media, _ status: Media.Status, at now: Timestamp, on db: any Connection) throws {
        let item = NotificationEvent.Item(publicID: media.publicID, title: media.title)
        switch status {
        case .processing: return
        case .ready: try tell(media.owner, .mediaReady(item), at: now, on: db)
        case .failed: try tell(media.owner, .mediaFailed(item), at: now, on: db)
        }
    }
}
