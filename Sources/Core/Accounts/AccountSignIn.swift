import Integrations
import Persistence

extension Accounts {
    /// Checks address and password within the scope's tenant, counts what is wrong, and writes down how it ended.
    ///
    /// An unknown address costs the same time, is counted the same way and gets the same answer as a wrong password.
    /// Old hashes are replaced once the password was right. Throws only where no answer could be found: the database is
    /// unreachable, or hashing has no room.
    package func signIn(_ attempt: SignIn, in scope: Scope) async throws -> SignInResult {
        let door = SignInDoor(attempt, tenant: scope.tenant)
        let before = try await database.read { [effects] db in try door.look(at: effects.now(), on: db) }
        if let until = before.closedUntil { return .lockedOut(until: until) }

        let password = PasswordRules.normalized(attempt.password)
        let check = try await check(password, against: before.candidate)
        let newHash = check == .matchesOutdated ? try await passwords.hash(password) : nil
        let device = before.isKnownDevice ? attempt.device : nil
        let verified = Verified(
            secret: check == .mismatch ? nil : before.candidate?.secret,
            newHash: newHash,
            device: device ?? effects.secret(),
            stepToken: effects.secret(),
            language: policy.sendsMail ? attempt.language : nil
        )
        let now = effects.now()
        return try await database.write(.locking) { db in
            try door.lock(on: db)
            return try Self.settle(verified, at: door, now: now, in: scope, on: db)
        }
    }

    func check(_ password: String, against candidate: SignInCandidate?) async throws
        -> PasswordHasher.Verification
    {
        guard let candidate, !rules.isImpossible(password) else {
            try await passwords.burn()
            return .mismatch
        }
        return try await passwords.verify(password, against: candidate.secret)
    }

    /// What was found out before the transaction.
    private struct Verified: Sendable {
        /// The stored hash that the password belongs to; nil when it belongs to none.
        let secret: String?
        let newHash: String?
        let device: String
        let stepToken: String
        /// In which language to tell of a new device; nil where no mail can be sent.
        let language: String?
    }

    /// The state is read again under the lock: of many tries at once only five count, and a password that was changed
    /// meanwhile is no longer right.
    private static func settle(
        _ verified: Verified,
        at door: SignInDoor,
        now: Timestamp,
        in scope: Scope,
        on db: any Connection
    ) throws -> SignInResult {
        let state = try door.look(at: now, on: db)
        if let until = state.closedUntil { return .lockedOut(until: until) }
        guard let candidate = state.candidate, candidate.secret == verified.secret, candidate.status == .active else {
            return try refuse(state, at: door, now: now, in: scope, on: db)
        }
        try SignInQueries.forget(door.subject, state.client, on: db)
        if let newHash = verified.newHash {
            try SignInQueries.rehash(candidate.account, from: candidate.secret, to: newHash, at: now, on: db)
        }
        if try SecondFactors.state(of: candidate.account, on: db).isOn {
            let until = now + SecondFactors.stepLifetime
            let token = SecretHash.of(verified.stepToken)
            try db.execute(SignInStepQueries.insert(token, of: candidate.account, at: now, until: until))
            return .secondStep(token: verified.stepToken)
        }
        let account = try welcome(
            candidate.account,
            verified.device,
            language: verified.language,
            in: scope,
            at: now,
            on: db
        )
        guard let account else { return .refused }
        return .signedIn(account, device: verified.device)
    }

    /// What belongs to every sign-in that is complete, whatever proved who it is: the person is told by mail when the device
    /// was not known, it is from now on, and the audit says how it was.
    /// - Parameter language: of that mail; nil where none can be sent.
    static func welcome(
        _ id: ID<Account>,
        _ device: String,
        _ details: [String: String] = [:],
        language: String? = nil,
        in scope: Scope,
        at now: Timestamp,
        on db: any Connection
    ) throws -> Account? {
        try NewDevice.tell(id, device, language: language, in: scope, at: now, on: db)
        try SignInQueries.signedIn(id, at: now, on: db)
        try DeviceQueries.remember(SecretHash.of(device), of: id, at: now, on: db)
        let scope = Scope(actor: .account(id), tenant: scope.tenant, permissions: [], origin: scope.origin)
        try Audit.record(AuditEvent("account.signed_in", .account(id), details: details), in: scope, at: now, on: db)
        return try AccountQueries.find(id, in: .system(), on: db)
    }

    private static func refuse(
        _ state: SignInDoor.State,
        at door: SignInDoor,
        now: Timestamp,
        in scope: Scope,
        on db: any Connection
    ) throws -> SignInResult {
        try SignInQueries.countFailure(door.subject, state.client, at: now, on: db)
        let subject = state.candidate.map { AuditSubject.account($0.account) }
        try Audit.record(AuditEvent("account.sign_in_refused", subject), in: scope, at: now, on: db)
        guard let until = try door.look(at: now, on: db).closedUntil else { return .refused }
        try Audit.record(AuditEvent("account.locked_out", subject), in: scope, at: now, on: db)
        return .lockedOut(until: until)
    }

    /// Lets an account that was locked out try again at once. Needs `manageAccounts`, or `manageCustomers` for an
    /// account below one's own.
    package func unlock(_ id: ID<Account>, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            let account = try Self.managed(id, in: scope, on: db)
            try SignInQueries.forgetAll(SignInDoor.subject(email: account.email, tenant: account.tenant), on: db)
            try Audit.record(AuditEvent("account.unlocked", .account(id)), in: scope, at: now, on: db)
        }
    }

    /// Makes a device that just registered a known one; the answer belongs into its `known_device` cookie.
    package func rememberDevice(of account: ID<Account>) async throws -> String {
        let device = effects.secret()
        let now = effects.now()
        try await database.write { db in
            try DeviceQueries.remember(SecretHash.of(device), of: account, at: now, on: db)
        }
        return device
    }

    /// Removes what is remembered of wrong tries that count no more. For a job that runs now and then.
    package func purgeFailures() async throws -> Int {
        let before = effects.now() - Lockout.memory
        return try await database.write(.locking) { db in try SignInQueries.purge(before: before, on: db) }
    }
}
