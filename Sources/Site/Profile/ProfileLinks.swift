package import Web

/// What people say about themselves.
extension Links {
    package static let profile = Link(path: "user", "profile")
}
