package import Persistence

/// Who asks, and what they may. Every operation takes one; what it lets a query see is part of the query itself.
package struct Scope: Sendable {
    package enum Actor: Sendable, Hashable {
        /// Nobody signed in.
        case visitor
        case account(ID<Account>)
        /// The program itself: jobs and commands.
        case system
    }

    package let actor: Actor
    package let tenant: ID<Tenant>
    package let permissions: Set<Permission>
    /// Where the request came from, for the audit trail; nil for jobs and commands.
    package let origin: Origin?

    /// Who really sits there, when somebody acts for the account.
    package let impersonator: ID<Account>?

    /// Who of the account's household watches; nil for visitors and programs, for those who act for somebody, and as long
    /// as nobody said it.
    package let watching: Watching?
    /// By what they proved it, where that can be ended by itself; what they play ends with it.
    package var credential: Credential?
    /// What their user type allows them; nothing is limited for visitors, jobs and commands.
    package var limits = UserType.Limits()

    package enum Credential: Sendable, Hashable {
        case session(ID<Session>)
        case token(ID<APIToken>)
        /// A key in an address, which was made in a session for another player.
        case address(ID<Session>, player: String)
    }

    package struct Origin: Sendable, Hashable {
        package let address: String
        package let userAgent: String
        package let requestID: String

        package init(address: String, userAgent: String, requestID: String) {
            self.address = address
            self.userAgent = userAgent
            self.requestID = requestID
        }
    }

    package init(
        actor: Actor,
        tenant: ID<Tenant>,
        permissions: Set<Permission>,
        origin: Origin? = nil,
        impersonator: ID<Account>? = nil,
        watching: Watching? = nil
    ) {
        self.actor = actor
        self.tenant = tenant
        self.permissions = permissions
        self.origin = origin
        self.impersonator = impersonator
        self.watching = watching
    }

    package static func visitor(tenant: ID<Tenant>, origin: Origin? = nil) -> Scope {
        Scope(actor: .visitor, tenant: tenant, permissions: [], origin: origin)
    }

    package static func system(tenant: ID<Tenant> = .platform) -> Scope {
        Scope(actor: .system, tenant: tenant, permissions: Set(Permission.allCases))
    }

    package var account: ID<Account>? {
        if case .account(let id) = actor { return id }
        return nil
    }

    package func may(_ permission: Permission) -> Bool {
        permissions.contains(permission)
    }

    /// Throws `Failure.notSignedIn` for visitors and `Failure.forbidden` where the permission is missing.
    package func require(_ permission: Permission) throws(Failure) {
        if case .visitor = actor { throw .notSignedIn }
        guard may(permission) else { throw .forbidden }
    }

    /// The account that asks; throws `Failure.notSignedIn` when nobody does.
    package func requireAccount() throws(Failure) -> ID<Account> {
        guard let account else { throw .notSignedIn }
        return account
    }

    /// All that `sees`, `suits`, the tenant and the best quality decide on: who shares it sees the same rows.
    struct Sight: Sendable, Hashable {
        let actor: Actor
        let tenant: ID<Tenant>
        let seesAll: Bool
        let seesCustomers: Bool
        let ageLimit: AgeRating?
        let bestHeight: Int?
    }

    var sight: Sight {
        Sight(
            actor: actor,
            tenant: tenant,
            seesAll: may(.manageAll),
            seesCustomers: may(.manageCustomers),
            ageLimit: watching?.ageLimit,
            bestHeight: limits.bestHeight
        )
    }

    /// Whether a profile with an age limit asks: it looks at things and does nothing else.
    package var isLimited: Bool { watching?.ageLimit != nil }

    /// A condition on a column that holds an item's age rating: whatever is not rated is not for a limited profile.
    func suits(_ column: SQL) -> SQL {
        guard let limit = watching?.ageLimit else { return "TRUE" }
        return "\(column) <= \(limit)"
    }

    /// A condition on a column that holds an account's id: everything for those who manage all, the subtree for those
    /// with customers, own rows for everybody else, nothing for visitors.
    package func sees(_ column: SQL) -> SQL {
        switch actor {
        case .system: "TRUE"
        case .visitor: "FALSE"
        case .account(let id):
            if may(.manageAll) {
                "TRUE"
            } else if may(.manageCustomers) {
                "EXISTS (SELECT 1 FROM account_tree WHERE ancestor_id = \(id) AND descendant_id = \(column))"
            } else {
                "\(column) = \(id)"
            }
        }
    }
}
