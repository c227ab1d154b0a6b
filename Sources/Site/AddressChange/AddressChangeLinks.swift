package import Web

/// Another address for one's account.
extension Links {
    package static let changeEmail = Link(path: "user", "profile", "email")
    package static let dropEmail = Link(path: "user", "profile", "email", "cancel")

    /// What the link in the mail to the new address leads to.
    package static func confirmEmail(token: String? = nil) -> Link {
        Link(path: "auth", "change-email", query: [("token", token)])
    }

    /// What the link in the mails to the old address leads to.
    package static func keepEmail(token: String? = nil) -> Link {
        Link(path: "auth", "keep-email", query: [("token", token)])
    }
}
