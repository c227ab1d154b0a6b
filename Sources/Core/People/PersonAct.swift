import Persistence

/// What can be done to somebody's account from outside, to one or to many at once.
package enum PersonAct: Sendable, Hashable {
    /// May not sign in any more; whoever is signed in is signed out.
    case suspend
    /// The end of a suspension.
    case activate
    /// Wrong tries to sign in are forgotten.
    case unlock
    /// The address counts as proven.
    case verify
    /// Two-step sign-in is off, for somebody who lost telephone and recovery codes.
    /// - Parameter language: of the mail to those who chose none.
    case resetSecondFactor(language: String)
    /// To the user type of that code.
    case changeType(String)

    /// Does it inside the transaction of whoever calls. Answers false when there was nothing to do; throws `Failure`
    /// before anything was changed.
    func perform(on account: Account, in scope: Scope, at now: Timestamp, on db: any Connection) throws -> Bool {
        try PersonRules.checkMayManage(account, in: scope, on: db)
        switch self {
        case .suspend: return try setStatus(.suspended, from: .active, of: account, in: scope, at: now, on: db)
        case .activate: return try setStatus(.active, from: .suspended, of: account, in: scope, at: now, on: db)
        case .unlock:
            let subject = SignInDoor.subject(email: account.email, tenant: account.tenant)
            guard try SignInQueries.forgetAll(subject, on: db) > 0 else { return false }
            try record("account.unlocked", account, [:], in: scope, at: now, on: db)
            try Notify.tell(account.id, .accountUnlocked, at: now, on: db)
        case .verify:
            guard !account.isEmailVerified else { return false }
            try db.execute(EmailLinkQueries.verified(account.id, at: now))
            try record("account.email_vouched_for", account, ["email": account.email], in: scope, at: now, on: db)
        case .resetSecondFactor(let language):
            return try SecondFactors.reset(account.id, language: language, in: scope, at: now, on: db)
        case .changeType(let code):
            guard account.typeCode != code else { return false }
            try PersonRules.checkMayBecome(code, account, in: scope, on: db)
            try db.execute(PersonQueries.setType(code, of: account.id))
            let details = ["user_type.before": account.typeCode, "user_type": code]
            try record("account.type_changed", account, details, in: scope, at: now, on: db)
            let type = try UserTypes.ofAccount(account.id, on: db)
            try Notify.tell(account.id, .accountTypeChanged(.init(name: type.name)), at: now, on: db)
        }
        return true
    }

    private func setStatus(
        _ status: Account.Status,
        from old: Account.Status,
        of account: Account,
        in scope: Scope,
        at now: Timestamp,
        on db: any Connection
    ) throws -> Bool {
        guard account.status == old else { return false }
        if status != .active {
            try PersonRules.checkMayLeave(account, in: scope, on: db)
            try Sessions.endAll(of: account.id, on: db)
        }
        try AccountQueries.setStatus(status, of: account.id, on: db)
        let details = ["status.before": old.rawValue, "status": status.rawValue]
        try record("account.status_changed", account, details, in: scope, at: now, on: db)
        return true
    }

    private func record(
        _ action: String,
        _ account: Account,
        _ details: [String: String],
        in scope: Scope,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        try Audit.record(AuditEvent(action, .account(account.id), details: details), in: scope, at: now, on: db)
    }
}
