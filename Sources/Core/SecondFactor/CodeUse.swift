import Persistence

extension SecondFactors {
    /// Uses up a code of the app, or a recovery code: whichever was typed. nil for one that is wrong or was used; of many
    /// who come with the same code at once one is right.
    static func use(
        _ typed: String,
        of account: ID<Account>,
        seal: SecretSeal,
        at now: Timestamp,
        on db: any Connection
    ) throws -> SecondFactor.Proof? {
        if let code = RecoveryCode(typed: typed) {
            return try db.execute(SecondFactorQueries.use(code, of: account, at: now)) == 1 ? .recoveryCode : nil
        }
        let query = SecondFactorQueries.secret(of: account, isConfirmed: true)
        guard let sealed = try db.value(query, as: [UInt8].self),
            let secret = seal.open(sealed, for: owner(account)),
            let step = OneTimeCode(secret: secret).step(of: typed.filter { !$0.isWhitespace }, at: now),
            try db.execute(SecondFactorQueries.use(step: step, of: account)) == 1
        else { return nil }
        return .app
    }
}

/// Where wrong tries at a second step, or at a proof in a session, are counted: as those at the password are (`Lockout`), and
/// apart from them.
struct ProofDoor: Sendable {
    private let subject: [UInt8]
    private let client: SignInClient

    init(_ name: StaticString, of account: ID<Account>, client: SignInClient) {
        subject = SecretHash.of("\(name):\(account)")
        self.client = client
    }

    func closedUntil(at now: Timestamp, on db: any Connection) throws -> Timestamp? {
        let tries = try SignInQueries.tries(subject, since: now - Lockout.memory, on: db)
        return Lockout(tries: tries).until(for: client, now: now)
    }

    /// Tries that come at once see each other.
    func lock(on db: any Connection) throws {
        try SignInQueries.lock(subject.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }, on: db)
    }

    /// Answers until when the door is closed, if this was one too many.
    func refuse(
        _ action: String,
        _ account: ID<Account>,
        in scope: Scope,
        at now: Timestamp,
        on db: any Connection
    ) throws -> Timestamp? {
        try SignInQueries.countFailure(subject, client, at: now, on: db)
        try Audit.record(AuditEvent(action, .account(account)), in: scope, at: now, on: db)
        return try closedUntil(at: now, on: db)
    }

    func forget(on db: any Connection) throws {
        try SignInQueries.forget(subject, client, on: db)
    }
}
