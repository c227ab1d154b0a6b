import Persistence

/// Where an imported account belongs: its user type, and whose customer it is.
struct ImportTarget {
    let typeCode: String?
    let parent: ID<Account>?

    /// Throws `Failure.FieldProblem`.
    init(_ entry: ImportList.Entry, in scope: Scope, on db: any Connection) throws {
        if entry.typeCode.isEmpty {
            typeCode = nil
        } else {
            guard let type = try UserTypeQueries.find(code: entry.typeCode, on: db),
                type.permissions.intersection(Permission.administrative).isSubset(of: scope.permissions)
            else { throw Failure.FieldProblem.unknownUserType }
            typeCode = type.code
        }
        if entry.parent.isEmpty {
            // Who does not manage everybody brings in customers of their own.
            parent = scope.may(.manageAccounts) ? nil : scope.account
        } else {
            let found: ID<Account>? = try db.value(PeopleQueries.find(username: entry.parent, in: scope))
            guard let found else { throw Failure.FieldProblem.unknownParent }
            parent = found
        }
    }
}
