package import Web

/// A copy of everything that is stored about oneself.
extension Links {
    package static let exports = Link(path: "user", "profile", "export")
    package static func exportFile(_ id: String) -> Link { Link(path: "user", "profile", "export", id) }
}
