import Crypto
import Foundation
import Persistence

/// A signed-in browser, and who sits before it.
package struct Session: Sendable {
    package let id: ID<Session>
    /// What stands in URLs, for ending one session of several.
    package let publicID: String
    package let account: Account
    package let userType: UserType
    /// Who watches: whom somebody chose in this browser, else whom the account begins with.
    package let profile: ViewerProfile?
    /// Whether nobody said yet who is watching, and there is a choice.
    package let hasToChoose: Bool
    package let createdAt: Timestamp
    package let lastUsedAt: Timestamp
    /// When the person last proved who they are.
    package let provenAt: Timestamp
    package let hasSecondFactor: Bool
    /// Who really sits there, when somebody acts for the account; and until when.
    package let impersonator: ID<Account>?
    package let impersonatorName: String?
    package let endsAt: Timestamp?
    /// When the account is deleted, where its owner asked for that.
    package let leavesAt: Timestamp?
    /// How many notifications wait for the account, counted up to a hundred.
    package let unread: Int
    /// Whether the person asked to stay logged in on this browser.
    package let isKept: Bool
    /// What this session's forms carry. It follows from the token, so it is stored nowhere.
    package let csrfSecret: String

    /// How long a proof is enough for dangerous acts.
    package static let proofLifetime = Duration.minutes(10)

    package func isProven(at now: Timestamp) -> Bool { now - provenAt < Self.proofLifetime }

    /// A profile with an age limit is for watching, whatever the account may do otherwise.
    package var permissions: Set<Permission> {
        profile?.ageLimit == nil ? userType.permissions : userType.permissions.intersection([.download])
    }

    /// What this request may do.
    package func scope(origin: Scope.Origin?) -> Scope {
        var scope = Scope(
            actor: .account(account.id),
            tenant: account.tenant,
            permissions: permissions,
            origin: origin,
            impersonator: impersonator,
            watching: watching
        )
        scope.credential = .session(id)
        scope.limits = userType.limits
        return scope
    }

    private var watching: Watching? {
        hasToChoose ? nil : profile.map { Watching(profile: $0.id, ageLimit: $0.ageLimit) }
    }

    init(_ row: Row, token: String, policy: EmailPolicy) throws {
        id = try row["session_id"]
        publicID = try row["session_public_id"]
        account = try Account(row)
        userType = policy.type(try UserType(row), of: account)
        let impersonator: ID<Account>? = try row.optional("impersonator_id")
        let isSomebodys = try impersonator == nil && row.optional("viewer_id", as: ID<ViewerProfile>.self) != nil
        profile = try isSomebodys ? ViewerProfile(row) : nil
        hasToChoose = try isSomebodys && row["has_to_choose"]
        self.impersonator = impersonator
        createdAt = try row["session_created_at"]
        lastUsedAt = try row["last_used_at"]
        provenAt = try row["proven_at"]
        hasSecondFactor = try row["has_second_factor"]
        impersonatorName = try row.optional("impersonator_name")
        endsAt = try row.optional("ends_at")
        leavesAt = try row.optional("leaves_at")
        unread = try row["unread"]
        isKept = try row["is_kept"]
        csrfSecret = Self.csrfSecret(of: token)
    }

    static func csrfSecret(of token: String) -> String {
        let key = SymmetricKey(data: Data(token.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data("csrf".utf8), using: key)
        return Base64URL.encode(Array(code))
    }
}

/// A line in somebody's list of sessions.
package struct SessionSummary: Sendable, Hashable {
    package let id: ID<Session>
    package let publicID: String
    package let createdAt: Timestamp
    package let lastUsedAt: Timestamp
    package let address: String
    package let userAgent: String

    package init(
        id: ID<Session>,
        publicID: String,
        createdAt: Timestamp,
        lastUsedAt: Timestamp,
        address: String,
        userAgent: String
    ) {
        self.id = id
        self.publicID = publicID
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.address = address
        self.userAgent = userAgent
    }

    init(_ row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        createdAt = try row["created_at"]
        lastUsedAt = try row["last_used_at"]
        address = try row["address"]
        userAgent = try row["user_agent"]
    }
}
