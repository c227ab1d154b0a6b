import Persistence

/// Who stands below whom: `parent_id` and its closure `account_tree`, always changed together.
enum AccountTree {
    /// No account stands on a lower level than this, whatever the types of those above it allow.
    static let deepest = 32

    /// Puts a new account into the tree. Throws `Failure` at the field `parent` where its limits forbid it.
    static func plant(_ account: ID<Account>, below parent: ID<Account>?, on db: any Connection) throws {
        try AccountTreeQueries.insertSelf(account, on: db)
        guard let parent else { return }
        try checkRoom(below: parent, for: account, on: db)
        try AccountTreeQueries.link(account, below: parent, on: db)
    }

    /// Everybody above an account gains as many customers as stand in its subtree, and as many levels.
    private static func checkRoom(below parent: ID<Account>, for account: ID<Account>, on db: any Connection) throws {
        try checkRoom(below: parent, for: AccountTreeQueries.size(of: account, on: db), on: db)
    }

    /// The same for an account that is yet to be made.
    static func checkRoom(belowNew parent: ID<Account>, on db: any Connection) throws {
        try checkRoom(below: parent, for: (accounts: 1, levels: 0), on: db)
    }

    private static func checkRoom(
        below parent: ID<Account>,
        for subtree: (accounts: Int, levels: Int),
        on db: any Connection
    ) throws {
        let ancestors = try AccountTreeQueries.ancestors(of: parent, on: db)
        guard let direct = ancestors.first else { throw Failure.invalid([.unknownParent]) }
        guard direct.type.may(.manageCustomers) else { throw Failure.invalid([.parentWithoutCustomers]) }
        guard ancestors.count + subtree.levels <= deepest else { throw Failure.invalid([.tooManyLevels]) }
        for ancestor in ancestors {
            if let levels = ancestor.type.limits.customerLevels, ancestor.depth + 1 + subtree.levels > levels {
                throw Failure.invalid([.tooManyLevels])
            }
            if let customers = ancestor.type.limits.customers {
                let present = try AccountTreeQueries.size(of: ancestor.account, on: db).accounts - 1
                guard present + subtree.accounts <= customers else { throw Failure.invalid([.tooManyCustomers]) }
            }
        }
    }

    /// Throws `Failure` at the field `user_type` where an account of that type could not have the customers that it has.
    static func checkCustomers(of account: ID<Account>, as type: UserType, on db: any Connection) throws {
        let subtree = try AccountTreeQueries.size(of: account, on: db)
        guard subtree.levels > 0 else { return }
        guard type.may(.manageCustomers), subtree.levels <= type.limits.customerLevels ?? .max,
            subtree.accounts - 1 <= type.limits.customers ?? .max
        else { throw Failure.invalid([.customersNeedType]) }
    }

    /// Takes an account with everybody below it to another place, or to the top.
    /// Throws `Failure` at the field `parent`.
    static func move(_ account: ID<Account>, below parent: ID<Account>?, on db: any Connection) throws {
        if let parent, try AccountTreeQueries.stands(parent, below: account, on: db) {
            throw Failure.invalid([.parentBelow])
        }
        try AccountTreeQueries.unlink(account, on: db)
        if let parent {
            try checkRoom(below: parent, for: account, on: db)
            try AccountTreeQueries.link(account, below: parent, on: db)
        }
        try AccountTreeQueries.setParent(parent, of: account, on: db)
    }
}

extension Accounts {
    /// Makes an account, with everybody below it, another's customer, or nobody's. Needs `manageAccounts`.
    package func move(_ id: ID<Account>, below parent: ID<Account>?, in scope: Scope) async throws {
        try scope.require(.manageAccounts)
        let now = effects.now()
        try await database.write { db in
            guard let account = try AccountQueries.find(id, in: scope, on: db) else { throw Failure.notFound }
            guard account.parent != parent else { return }
            try AccountTree.move(id, below: parent, on: db)
            try Audit.record(
                AuditEvent(
                    "account.moved",
                    .account(id),
                    details: [
                        "parent.before": account.parent?.description ?? "none",
                        "parent": parent?.description ?? "none",
                    ]
                ),
                in: scope,
                at: now,
                on: db
            )
        }
    }
}
