import Persistence

extension UserTypes {
    /// Changes what accounts of a type may do and how much; it counts with their next request. Needs `manageAll`.
    ///
    /// Throws `Failure` at the fields `name`, `permissions`, `is_default` and those of the limits.
    package func edit(_ code: String, _ change: UserTypeChange, in scope: Scope) async throws {
        try scope.require(.manageAll)
        let checked = try change.check()
        let now = effects.now()
        try await database.write { db in
            guard let old = try UserTypeQueries.find(code: code, on: db) else { throw Failure.notFound }
            try Self.check(checked, isDefault: change.isDefault, instead: old, in: scope, on: db)
            let wasDefault = try UserTypeQueries.standard(on: db)?.id == old.id
            if wasDefault, !change.isDefault { throw Failure.invalid([.oneDefault]) }
            try db.execute(UserTypeQueries.update(old.id, checked))
            if change.isDefault, !wasDefault { try UserTypeQueries.makeDefault(old.id, on: db) }
            let details = Self.describe(old).reduce(into: Self.describe(checked)) { $0["\($1.key).before"] = $1.value }
                .merging(change.isDefault && !wasDefault ? ["is_default": "yes"] : [:]) { $1 }
            let changed = details.filter { key, value in
                let name = key.replacing(".before", with: "")
                return details[name] != details["\(name).before"]
            }
            guard !changed.isEmpty else { return }
            try Audit.record(
                AuditEvent("user_type.edited", .userType(old.id), details: changed),
                in: scope,
                at: now,
                on: db
            )
        }
    }

    /// Makes another type. The fields are those of `edit`, and `code`.
    package func add(_ code: String, _ change: UserTypeChange, in scope: Scope) async throws {
        try scope.require(.manageAll)
        guard code.wholeMatch(of: /[a-z][a-z0-9_]{1,39}/) != nil else { throw Failure.invalid([.typeCode]) }
        let checked = try change.check()
        let now = effects.now()
        try await database.write { db in
            try Self.check(checked, isDefault: change.isDefault, instead: nil, in: scope, on: db)
            guard let id = try db.value(UserTypeQueries.insert(code, checked), as: ID<UserType>.self) else {
                throw Failure.invalid([.typeCodeTaken])
            }
            if change.isDefault { try UserTypeQueries.makeDefault(id, on: db) }
            var details = Self.describe(checked)
            details["code"] = code
            try Audit.record(AuditEvent("user_type.added", .userType(id), details: details), in: scope, at: now, on: db)
        }
    }

    private static func check(
        _ new: UserTypeChange.Checked,
        isDefault: Bool,
        instead old: UserType?,
        in scope: Scope,
        on db: any Connection
    ) throws {
        let administrative = new.permissions.intersection(Permission.administrative)
        guard administrative.isSubset(of: scope.permissions) else { throw Failure.invalid([.permissionNotYours]) }
        if isDefault, !administrative.isEmpty { throw Failure.invalid([.administratorsNoDefault]) }
        guard let old else { return }
        if old.code == "admin", new.permissions != Set(Permission.allCases) {
            throw Failure.invalid([.administratorsKeepAll])
        }
        if old.may(.manageCustomers), !new.permissions.contains(.manageCustomers) {
            guard try !db.exists(UserTypeQueries.withCustomers(old.id)) else {
                throw Failure.invalid([.customersNeedPermission])
            }
        }
    }

    private static func describe(_ type: UserTypeChange.Checked) -> [String: String] {
        describe(type.name, type.permissions, type.limits)
    }

    private static func describe(_ type: UserType) -> [String: String] {
        describe(type.name, type.permissions, type.limits)
    }

    private static func describe(
        _ name: String,
        _ permissions: Set<Permission>,
        _ limits: UserType.Limits
    ) -> [String: String] {
        func text(_ number: (some BinaryInteger)?) -> String { number.map { "\($0)" } ?? "none" }
        return [
            "name": name, "permissions": permissions.map(\.rawValue).sorted().joined(separator: " "),
            "storage": text(limits.storage), "daily_upload": text(limits.dailyUpload), "file": text(limits.file),
            "streams": text(limits.streams), "best_height": text(limits.bestHeight),
            "customers": text(limits.customers), "customer_levels": text(limits.customerLevels),
        ]
    }
}

extension AuditSubject {
    static func userType(_ id: ID<UserType>) -> AuditSubject { AuditSubject(kind: "user_type", id: id.value) }
}
