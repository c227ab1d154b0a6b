package import Web

/// Who is watching.
extension Links {
    /// The choice; afterwards the person is at `next`.
    package static func profiles(next: Link? = nil) -> Link {
        Link(path: "user", "profiles", query: [("next", next?.url)])
    }
    package static let manageProfiles = Link(path: "user", "profiles", "manage")
    package static let addProfile = Link(path: "user", "profiles", "add")
    /// To watch under one of them.
    package static func profile(_ id: String, next: Link? = nil) -> Link {
        Link(path: "user", "profiles", id, query: [("next", next?.url)])
    }
    package static func editProfile(_ id: String) -> Link { Link(path: "user", "profiles", id, "edit") }
    package static func deleteProfile(_ id: String) -> Link { Link(path: "user", "profiles", id, "delete") }
}
