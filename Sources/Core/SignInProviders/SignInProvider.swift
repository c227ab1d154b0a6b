import Integrations
import Persistence

/// An OpenID Connect provider with which people of a tenant may sign in.
package struct SignInProvider: Sendable, Hashable {
    package let id: ID<SignInProvider>
    /// What stands in URLs.
    package let publicID: String
    package let tenant: ID<Tenant>
    /// As the button calls it.
    package let name: String
    package let issuer: String
    package let clientID: String
    package let hasSecret: Bool
    /// Besides `openid`, with spaces between them.
    package let scopes: String
    package let isEnabled: Bool
    /// Whether somebody who has no account gets one.
    package let opensAccounts: Bool
    package let createdAt: Timestamp
    /// How many accounts sign in with it.
    package let accounts: Int

    package init(
        id: ID<SignInProvider>,
        publicID: String,
        tenant: ID<Tenant> = .platform,
        name: String,
        issuer: String,
        clientID: String,
        hasSecret: Bool = true,
        scopes: String = "email profile",
        isEnabled: Bool = true,
        opensAccounts: Bool = false,
        createdAt: Timestamp,
        accounts: Int = 0
    ) {
        self.id = id
        self.publicID = publicID
        self.tenant = tenant
        self.name = name
        self.issuer = issuer
        self.clientID = clientID
        self.hasSecret = hasSecret
        self.scopes = scopes
        self.isEnabled = isEnabled
        self.opensAccounts = opensAccounts
        self.createdAt = createdAt
        self.accounts = accounts
    }

    static let columns: SQL = """
        p.id, p.public_id, p.tenant_id, p.name, p.issuer, p.client_id, p.scopes, p.is_enabled, p.opens_accounts,
        p.created_at, CASE WHEN p.client_secret IS NULL THEN 0 ELSE 1 END AS has_secret,
        (SELECT count(DISTINCT i.account_id) FROM provider_identity i WHERE i.provider_id = p.id) AS accounts
        """

    init(_ row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        tenant = try row["tenant_id"]
        name = try row["name"]
        issuer = try row["issuer"]
        clientID = try row["client_id"]
        hasSecret = try row["has_secret"]
        scopes = try row["scopes"]
        isEnabled = try row["is_enabled"]
        opensAccounts = try row["opens_accounts"]
        createdAt = try row["created_at"]
        accounts = try row["accounts"]
    }

    /// What the sign-in page needs to know.
    package struct Button: Sendable, Hashable {
        package let publicID: String
        package let name: String

        package init(publicID: String, name: String) {
            self.publicID = publicID
            self.name = name
        }
    }
}

/// Who somebody is at a provider.
package struct ProviderIdentity: Sendable, Hashable {
    /// What stands in URLs.
    package let publicID: String
    package let provider: String
    /// The address there.
    package let email: String?
    package let createdAt: Timestamp
    package let lastUsedAt: Timestamp?

    package init(publicID: String, provider: String, email: String?, createdAt: Timestamp, lastUsedAt: Timestamp?) {
        self.publicID = publicID
        self.provider = provider
        self.email = email
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }

    init(_ row: Row) throws {
        publicID = try row["public_id"]
        provider = try row["provider"]
        email = try row.optional("email")
        createdAt = try row["created_at"]
        lastUsedAt = try row.optional("last_used_at")
    }
}
