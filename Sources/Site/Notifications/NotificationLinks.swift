package import Core
package import Web

/// What somebody was told.
extension Links {
    package static func notifications(isUnread: Bool = false, after cursor: String? = nil) -> Link {
        Link(path: "user", "notifications", query: [("unread", isUnread ? "1" : nil), ("after", cursor)])
    }
    package static let notificationStream = Link(path: "user", "notifications", "stream")
    package static let notificationsRead = Link(path: "user", "notifications", "read")
    package static func notificationRead(_ id: ID<NotificationEntry>) -> Link {
        Link(path: "user", "notifications", id.description, "read")
    }
    package static let notificationChoice = Link(path: "user", "profile", "notifications")
    /// Where on the profile's page the choice stands.
    package static let notificationChoices = Links.profile.at(fragment: "notifications")
}
