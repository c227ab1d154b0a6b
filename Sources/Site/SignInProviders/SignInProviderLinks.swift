package import Web

/// Signing in by an account that people have elsewhere.
extension Links {
    package static func providerSignIn(_ id: String) -> Link { Link(path: "auth", "oidc", id) }

    package static let linkedProviders = Link(path: "user", "security", "providers")
    package static func providerLink(_ id: String) -> Link { Link(path: "user", "security", "providers", id, "link") }
    package static func providerUnlink(_ id: String) -> Link {
        Link(path: "user", "security", "providers", id, "unlink")
    }

    package static let signInProviders = Link(path: "admin", "sign-in-providers")
    package static let signInProviderAdd = Link(path: "admin", "sign-in-providers", "add")
    package static func signInProvider(_ id: String) -> Link { Link(path: "admin", "sign-in-providers", id) }
    package static func signInProviderTry(_ id: String) -> Link { Link(path: "admin", "sign-in-providers", id, "try") }
    package static func signInProviderRemove(_ id: String) -> Link {
        Link(path: "admin", "sign-in-providers", id, "remove")
    }
}
