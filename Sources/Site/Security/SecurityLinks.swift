package import Web

extension Links {
    package static let security = Link(path: "user", "security")
    /// More of the list of sessions on that page.
    package static func moreSessions(after cursor: String) -> Link {
        Link(path: "user", "security", query: [("after", cursor)])
    }

    package static let changePassword = Link(path: "user", "security", "password")
    package static let revokeOtherSessions = Link(path: "user", "security", "revoke-others")

    package static func revokeSession(_ id: String) -> Link {
        Link(path: "user", "security", "sessions", id, "revoke")
    }
}
