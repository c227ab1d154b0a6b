package import Web

extension Links {
    /// What the link in the mail leads to where an address is confirmed before there is an account.
    package static func completeSignUp(token: String? = nil) -> Link {
        Link(path: "auth", "complete-sign-up", query: [("token", token)])
    }
}
