package import Web

/// Every address of the site, beside the routes that answer there. Pages never spell a path themselves.
package enum Links {
    package static let home = Link()
    package static let dashboard = Link(path: "user")

    // Accounts
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

    // Media
    package static let library = Link(path: "media")
    package static let mine = Link(path: "media", query: [("mine", "1")])
    /// Everything of those whom one manages.
    package static let managed = Link(path: "media", query: [("managed", "1")])
    package static let upload = Link(path: "media", "upload")
    package static let trash = Link(path: "media", "trash")
    package static let resumableUploads = Link(path: "uploads")
    package static func resumableUpload(_ id: String) -> Link { Link(path: "uploads", id) }

    package static func media(_ id: String) -> Link { Link(path: "media", id) }
    package static func mediaEdit(_ id: String) -> Link { Link(path: "media", id, "edit") }
    package static func mediaDelete(_ id: String) -> Link { Link(path: "media", id, "delete") }
    package static func mediaRestore(_ id: String) -> Link { Link(path: "media", id, "restore") }
    package static func mediaRetry(_ id: String) -> Link { Link(path: "media", id, "retry") }

    /// The original's bytes, shown in the browser where that is safe.
    package static func mediaFile(_ id: String) -> Link { Link(path: "media", id, "file") }
    /// The original's bytes as an attachment.
    package static func mediaDownload(_ id: String) -> Link { Link(path: "media", id, "download") }
    /// What the player plays.
    package static func mediaPlay(_ id: String) -> Link { Link(path: "media", id, "play") }
    /// A picture or a PDF as a page shows it.
    package static func mediaDisplay(_ id: String) -> Link { Link(path: "media", id, "display") }
    /// A still that stands in for a video, or the cover of a sound.
    package static func mediaPoster(_ id: String) -> Link { Link(path: "media", id, "poster") }
    /// At most 300 × 300 pixels. With its tag the address changes when the picture does, so that it can be kept for ever.
    package static func mediaThumbnail(_ id: String, tag: String? = nil) -> Link {
        Link(path: "media", id, "thumbnail", query: [("v", tag)])
    }

    /// Server-sent events about the processing of these items.
    package static func mediaEvents(_ ids: [String]) -> Link {
        Link(path: "media", "events", query: [("ids", ids.joined(separator: ","))])
    }

    // API
    package static let apiMedia = Link(path: "api", "v1", "media")
    package static func apiMedia(_ id: String) -> Link { Link(path: "api", "v1", "media", id) }
    package static func apiJob(_ id: String) -> Link { Link(path: "api", "v1", "jobs", id) }
}
