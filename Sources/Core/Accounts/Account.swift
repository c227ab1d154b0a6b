import Persistence

/// Somebody who can sign in.
package struct Account: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable, CaseIterable, SQLConvertible {
        case active
        /// May not sign in until an administrator says otherwise.
        case suspended
        /// Left for good; kept because others' rows point here.
        case closed
    }

    package let id: ID<Account>
    /// What stands in URLs.
    package let publicID: String
    package let tenant: ID<Tenant>
    package let username: String
    /// How the person wants to be called, where that is not the username.
    package let displayName: String?
    package let email: String
    /// The user type's code: `admin`, `reseller`, `premium`, `basic`.
    package let typeCode: String
    /// Whose customer this is.
    package let parent: ID<Account>?
    package let status: Status
    /// Bytes of all files together.
    package let storageUsed: Int64
    package let createdAt: Timestamp
    package let lastSignInAt: Timestamp?
    /// When somebody proved that they read the address, or an administrator vouched for it.
    package let emailVerifiedAt: Timestamp?
    /// In which language to speak to the person (BCP 47); nil for what the browser asks for.
    package let language: String?

    package init(
        id: ID<Account>,
        publicID: String,
        tenant: ID<Tenant> = .platform,
        username: String,
        displayName: String? = nil,
        email: String,
        typeCode: String,
        parent: ID<Account>? = nil,
        status: Status = .active,
        storageUsed: Int64 = 0,
        createdAt: Timestamp,
        lastSignInAt: Timestamp? = nil,
        emailVerifiedAt: Timestamp? = nil,
        language: String? = nil
    ) {
        self.id = id
        self.publicID = publicID
        self.tenant = tenant
        self.username = username
        self.displayName = displayName
        self.email = email
        self.typeCode = typeCode
        self.parent = parent
        self.status = status
        self.storageUsed = storageUsed
        self.createdAt = createdAt
        self.lastSignInAt = lastSignInAt
        self.emailVerifiedAt = emailVerifiedAt
        self.language = language
    }

    /// What the person is called.
    package var name: String { displayName ?? username }

    package var isEmailVerified: Bool { emailVerifiedAt != nil }

    /// For `FROM account a JOIN user_type ut`; the names collide with no other table's.
    static let columns: SQL = """
        a.id AS account_id, a.public_id AS account_public_id, a.tenant_id, a.username, a.email,
        ut.code AS account_type_code, a.parent_id, a.status, a.storage_used, a.created_at AS account_created_at,
        a.last_sign_in_at, a.email_verified_at, a.display_name, a.language AS account_language
        """

    init(_ row: Row) throws {
        id = try row["account_id"]
        publicID = try row["account_public_id"]
        tenant = try row["tenant_id"]
        username = try row["username"]
        displayName = try row.optional("display_name")
        email = try row["email"]
        typeCode = try row["account_type_code"]
        parent = try row.optional("parent_id")
        status = try row["status"]
        storageUsed = try row["storage_used"]
        createdAt = try row["account_created_at"]
        lastSignInAt = try row.optional("last_sign_in_at")
        emailVerifiedAt = try row.optional("email_verified_at")
        language = try row.optional("account_language")
    }
}
