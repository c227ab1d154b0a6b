import Persistence

/// One line in somebody's list of notifications.
package struct NotificationEntry: Sendable, Hashable {
    package let id: ID<NotificationEntry>
    package let event: NotificationEvent
    package let createdAt: Timestamp
    /// nil as long as it is unread.
    package let readAt: Timestamp?

    package init(id: ID<NotificationEntry>, event: NotificationEvent, createdAt: Timestamp, readAt: Timestamp?) {
        self.id = id
        self.event = event
        self.createdAt = createdAt
        self.readAt = readAt
    }

    init(_ row: Row) throws {
        id = try row["id"]
        event = try NotificationEvent(try row["kind"], payload: try row["payload"])
        createdAt = try row["created_at"]
        readAt = try row.optional("read_at")
    }
}
