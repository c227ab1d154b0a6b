package import Web

/// Where people come in and go out.
extension Links {
    package static let register = Link(path: "auth", "register")
    package static let logout = Link(path: "auth", "logout")

    /// The sign-in page; afterwards the person is back at `next`.
    package static func login(next: Link? = nil) -> Link {
        Link(path: "auth", "login", query: [("next", next?.url)])
    }

    package static let forgotPassword = Link(path: "auth", "forgot-password")
    package static let resendVerification = Link(path: "auth", "resend-verification")
    package static func resetPassword(token: String? = nil) -> Link {
        Link(path: "auth", "reset-password", query: [("token", token)])
    }
    package static func verifyEmail(token: String? = nil) -> Link {
        Link(path: "auth", "verify-email", query: [("token", token)])
    }

    /// Mails that were not sent, on a machine for development.
    package static let developmentMails = Link(path: "dev", "mail")
    package static func developmentMail(_ name: String) -> Link { Link(path: "dev", "mail", name) }

    /// The first administrator's account, by the one-time token that the program prints when it starts.
    package static func setup(token: String? = nil) -> Link {
        Link(path: "setup", query: [("token", token)])
    }
}
