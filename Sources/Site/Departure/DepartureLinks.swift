package import Web

/// The end of one's account, and the way back.
extension Links {
    package static let deleteAccount = Link(path: "user", "profile", "delete")
    package static let leaving = Link(path: "user", "leaving")
    package static let keepAccount = Link(path: "user", "leaving", "keep")
}
