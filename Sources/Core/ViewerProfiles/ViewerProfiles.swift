import Persistence

/// The profiles of the account that asks. Nobody else sees them, whoever they manage.
package struct ViewerProfiles: Sendable {
    /// Of one account.
    package static let most = 8

    let accounts: Accounts
    var database: any Database { accounts.database }
    var effects: Effects { accounts.effects }

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    /// The one that the account begins with first.
    package func list(in scope: Scope) async throws -> [ViewerProfile] {
        let account = try scope.requireAccount()
        return try await database.read { db in
            try db.all(ViewerProfileQueries.list(of: account), as: ViewerProfile.init)
        }
    }

    /// Throws `Failure.notFound`, for a profile of somebody else, too.
    package func find(_ publicID: String, in scope: Scope) async throws -> ViewerProfile {
        let account = try scope.requireAccount()
        return try await database.read { db in try Self.find(publicID, of: account, on: db) }
    }

    /// Throws `Failure` of the kind `conflict` beyond eight profiles, and as `open` does. Answers the public id.
    @discardableResult
    package func add(_ change: ViewerProfileChange, _ key: ProfileKey, in scope: Scope) async throws -> String {
        let account = try scope.requireAccount()
        try await open(ProfileDoor(toManage: nil, from: scope.watching), of: nil, with: key, in: scope)
        let (publicID, now) = (effects.publicID(), effects.now())
        let pin = try await hash(of: change.pin)
        try await database.write { db in
            let count: Int = try db.value(ViewerProfileQueries.count(of: account)) ?? 0
            guard count < Self.most else { throw Failure.tooManyProfiles }
            let insert = ViewerProfileQueries.insert(publicID, change, pin: pin, of: account, at: now)
            let id: ID<ViewerProfile> = try db.inserted(insert)
            let event = AuditEvent("profile.added", .profile(id), details: change.details)
            try Audit.record(event, in: scope, at: now, on: db)
        }
        return publicID
    }

    /// Throws `Failure` at the fields of the form, `Failure.notFound`, and as `open` does.
    package func change(
        _ publicID: String,
        _ change: ViewerProfileChange,
        _ key: ProfileKey,
        in scope: Scope
    ) async throws {
        let account = try scope.requireAccount()
        let profile = try await find(publicID, in: scope)
        try await open(ProfileDoor(toManage: profile, from: scope.watching), of: profile, with: key, in: scope)
        let (pin, now) = (try await hash(of: change.pin), effects.now())
        try await database.write { db in
            let profile = try Self.find(publicID, of: account, on: db)
            if profile.isDefault, change.ageLimit != nil { throw Failure.invalid([.defaultIsUnlimited]) }
            try db.execute(ViewerProfileQueries.change(profile.id, change))
            switch change.pin {
            case .keep: break
            case .remove, .set: try db.execute(ViewerProfileQueries.setPIN(profile.id, pin))
            }
            let event = AuditEvent("profile.changed", .profile(profile.id), details: change.details)
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    /// Removes a profile with its history. Whoever watches under it in another browser is asked anew who is watching; of a
    /// profile with an age limit they are logged out, as what they get to must not be more than they had.
    ///
    /// Throws `Failure.notFound`, one of the kind `conflict` for the last profile without an age limit, and as `open` does.
    package func remove(
        _ publicID: String,
        _ key: ProfileKey,
        from session: ID<Session>,
        in scope: Scope
    ) async throws {
        let account = try scope.requireAccount()
        let profile = try await find(publicID, in: scope)
        try await open(ProfileDoor(toManage: profile, from: scope.watching), of: profile, with: key, in: scope)
        let now = effects.now()
        try await database.write { db in
            let profile = try Self.find(publicID, of: account, on: db)
            let heir: ID<ViewerProfile>? = try db.value(ViewerProfileQueries.heir(of: account, besides: profile.id))
            guard let heir else { throw Failure.lastProfile }
            if profile.ageLimit != nil {
                try db.execute(ViewerProfileQueries.endSessions(under: profile.id, except: session))
            }
            try db.execute(ViewerProfileQueries.delete(profile.id))
            if profile.isDefault { try db.execute(ViewerProfileQueries.setDefault(heir)) }
            let event = AuditEvent("profile.removed", .profile(profile.id), details: ["name": profile.name])
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    /// From here on this browser is watched under that profile. Throws `Failure.notFound`, and as `open` does.
    package func choose(
        _ publicID: String,
        _ key: ProfileKey,
        for session: ID<Session>,
        in scope: Scope
    ) async throws {
        let account = try scope.requireAccount()
        let profile = try await find(publicID, in: scope)
        try await open(ProfileDoor(toWatch: profile, from: scope.watching), of: profile, with: key, in: scope)
        let now = effects.now()
        try await database.write { db in
            let choice = ViewerProfileQueries.choose(profile.id, for: session, of: account)
            guard try db.execute(choice) == 1 else { throw Failure.notFound }
            let event = AuditEvent("profile.chosen", .profile(profile.id), details: ["name": profile.name])
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    private static func find(
        _ publicID: String,
        of account: ID<Account>,
        on db: any Connection
    ) throws -> ViewerProfile {
        guard let row = try db.first(ViewerProfileQueries.find(publicID, of: account)) else { throw Failure.notFound }
        return try ViewerProfile(row)
    }
}

extension ViewerProfileChange {
    /// For the audit trail.
    fileprivate var details: [String: String] {
        var details = ["name": name, "age_limit": ageLimit.map { "\($0.rawValue)" } ?? ""]
        switch pin {
        case .keep: break
        case .remove: details["pin"] = "removed"
        case .set: details["pin"] = "set"
        }
        return details
    }
}
