package import Web

/// Two-step sign-in, and proving once more who one is.
extension Links {
    package static let twoFactor = Link(path: "user", "security", "two-factor")
    package static let twoFactorApp = Link(path: "user", "security", "two-factor", "app")
    package static let twoFactorCodes = Link(path: "user", "security", "two-factor", "codes")
    package static let twoFactorOff = Link(path: "user", "security", "two-factor", "off")

    /// The second step of a sign-in; afterwards the person is at `next`.
    package static func secondStep(next: Link? = nil, isKept: Bool = false) -> Link {
        Link(path: "auth", "second-step", query: [("next", next?.url), ("remember", isKept ? "1" : nil)])
    }

    /// Who is signed in proves it once more, and goes on at `next`.
    package static func prove(next: Link? = nil) -> Link {
        Link(path: "auth", "confirm", query: [("next", next?.url)])
    }
}
