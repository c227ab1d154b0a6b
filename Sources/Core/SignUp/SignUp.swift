import Persistence

/// How people get an account.
package enum SignUpMode: String, Sendable, Hashable, CaseIterable {
    /// They are signed in at once and told at the field when an address is taken; the address is confirmed later.
    case atOnce = "at-once"
    /// There is no account before the link in the mail was opened, and the form says the same for every address.
    case verifyFirst = "verify-first"
}

/// An account that waits for its address to be confirmed.
package struct SignUp: Sendable, Hashable {
    /// How long after it was asked for.
    static let lifetime = Duration.hours(24)

    let id: ID<SignUp>
    let tenant: ID<Tenant>
    package let username: String
    package let email: String
    let passwordHash: String
    let language: String
    let agreed: PolicyVersions
    let createdAt: Timestamp

    static let columns: SQL = """
        s.id, s.tenant_id, s.username, s.email, s.password_hash, s.language, s.privacy_version, s.terms_version,
        s.created_at
        """

    init(_ row: Row) throws {
        id = try row["id"]
        tenant = try row["tenant_id"]
        username = try row["username"]
        email = try row["email"]
        passwordHash = try row["password_hash"]
        language = try row["language"]
        agreed = PolicyVersions(privacy: try row["privacy_version"], terms: try row["terms_version"])
        createdAt = try row["created_at"]
    }
}
