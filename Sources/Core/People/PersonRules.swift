import Persistence

/// Who may do what to whose account.
enum PersonRules {
    /// Nobody manages whoever has more of an administrator's rights than they have themselves.
    static func checkMayManage(_ account: Account, in scope: Scope, on db: any Connection) throws {
        guard scope.may(.manageAccounts) || (scope.may(.manageCustomers) && scope.account != account.id) else {
            throw Failure.forbidden
        }
        let type = try UserTypes.ofAccount(account.id, on: db)
        guard type.permissions.intersection(Permission.administrative).isSubset(of: scope.permissions) else {
            throw Failure.forbidden
        }
    }

    /// Before somebody can sign in no more, or is no administrator any more.
    static func checkMayLeave(_ account: Account, in scope: Scope, on db: any Connection) throws {
        guard try account.typeCode != "admin" || PersonQueries.hasAdministrator(besides: account.id, on: db) else {
            throw Failure.lastAdministrator
        }
        guard scope.account != account.id else { throw Failure.notOneself }
    }

    /// Nobody gives rights that they do not have, and nobody loses a type that their customers depend on.
    static func checkMayBecome(_ code: String, _ account: Account, in scope: Scope, on db: any Connection) throws {
        guard let type = try UserTypeQueries.find(code: code, on: db),
            type.permissions.intersection(Permission.administrative).isSubset(of: scope.permissions)
        else { throw Failure.invalid([.unknownUserType]) }
        try checkMayLeave(account, in: scope, on: db)
        try AccountTree.checkCustomers(of: account.id, as: type, on: db)
    }
}

extension Permission {
    /// What makes somebody an administrator of a kind.
    package static let administrative: Set<Permission> = [
        .manageAll, .manageAccounts, .manageMedia, .manageSettings, .seeAudit,
    ]
}
