package import Web

extension Links {
    package static let tokens = Link(path: "user", "tokens")

    package static func moreTokens(after cursor: String) -> Link {
        Link(path: "user", "tokens", query: [("after", cursor)])
    }

    package static func revokeToken(_ id: String) -> Link { Link(path: "user", "tokens", id, "revoke") }
}
