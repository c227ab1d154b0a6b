import Persistence

/// Signing in by a device instead of a password (WebAuthn level 2). The device asks for a fingerprint or a PIN, so that a passkey
/// is two factors by itself.
package struct Passkeys: Sendable {
    let accounts: Accounts
    /// nil where the site has no name that a passkey could belong to.
    package let site: RelyingParty?

    package init(accounts: Accounts, site: RelyingParty?) {
        self.accounts = accounts
        self.site = site
    }

    private var database: any Database { accounts.database }
    private var effects: Effects { accounts.effects }

    static let most = 20
    /// How long the browser may take between question and answer.
    static let challengeLifetime = Duration.minutes(5)

    struct Draft: Sendable {
        let publicID: String
        let name: String
        let credential: AuthenticatorData.Credential
        let count: Int64
    }

    /// One's own, oldest first.
    package func list(in scope: Scope) async throws -> [Passkey] {
        let account = try scope.requireAccount()
        return try await database.read { db in try db.all(PasskeyQueries.list(of: account), as: Passkey.init) }
    }

    /// The question for a new passkey. Throws `Failure.tooManyPasskeys`.
    package func invite(in scope: Scope) async throws -> Passkey.Invitation {
        let account = try scope.requireAccount()
        guard let site else { throw Failure.passkeysNeedName }
        let challenge = effects.secret()
        let until = effects.now() + Self.challengeLifetime
        return try await database.write { db in
            guard let owner = try AccountQueries.find(account, in: scope, on: db) else { throw Failure.notFound }
            let known = try db.values(PasskeyQueries.credentials(of: account), as: [UInt8].self)
            guard known.count < Self.most else { throw Failure.tooManyPasskeys }
            try db.execute(PasskeyQueries.insertChallenge(SecretHash.of(challenge), for: account, until: until))
            return Passkey.Invitation(
                challenge: challenge,
                site: site,
                user: Self.handle(of: owner.publicID),
                username: owner.username,
                known: known.map(Base64URL.encode)
            )
        }
    }

    /// Adds a passkey; the person gets a mail. Throws `Failure.passkeyRefused`, `.passkeyKnown`, and `Failure` at `name`.
    package func register(_ answer: Passkey.Registration, language: String, in scope: Scope) async throws {
        let account = try scope.requireAccount()
        guard let site else { throw Failure.passkeysNeedName }
        let name = answer.name.trimmed
        guard (1...60).contains(name.codePoints) else { throw Failure.invalid([.passkeyName]) }
        let draft: Draft
        do {
            let client = try ClientData(try Self.bytes(answer.clientData), .create, for: site)
            try await use(client.challenge, for: account)
            let attestation = try Self.bytes(answer.attestation)
            let (credential, count) = try PasskeyCeremony(site: site).registered(attestation)
            draft = Draft(publicID: effects.publicID(), name: name, credential: credential, count: count)
        } catch let problem as PasskeyProblem {
            try await note(problem, about: account, in: scope)
            throw Failure.passkeyRefused
        }
        let now = effects.now()
        try await database.write { db in
            guard try db.value(PasskeyQueries.count(of: account), as: Int.self) ?? 0 < Self.most else {
                throw Failure.tooManyPasskeys
            }
            let insert = PasskeyQueries.insert(draft, of: account, at: now)
            guard let id = try db.value(insert, as: ID<Passkey>.self) else { throw Failure.passkeyKnown }
            let event = AuditEvent("passkey.added", .passkey(id), details: ["name": name])
            try Audit.record(event, in: scope, at: now, on: db)
            try Self.tell(.passkeyAdded, .passkeyAdded, account, language, at: now, on: db)
        }
    }

    /// Throws `Failure.notFound`, for somebody else's, too, and `.lastWayIn`.
    package func remove(_ publicID: String, language: String, in scope: Scope) async throws {
        let account = try scope.requireAccount()
        let now = effects.now()
        try await database.write { db in
            guard let id = try db.value(PasskeyQueries.remove(publicID, of: account), as: ID<Passkey>.self) else {
                throw Failure.notFound
            }
            try SignInProviders.checkWayIn(of: account, on: db)
            try Audit.record(AuditEvent("passkey.removed", .passkey(id)), in: scope, at: now, on: db)
            try Self.tell(.passkeyRemoved, .passkeyRemoved, account, language, at: now, on: db)
        }
    }

    /// The question for whoever signs in.
    package func challenge() async throws -> (challenge: String, site: RelyingParty) {
        guard let site else { throw Failure.passkeysNeedName }
        let challenge = effects.secret()
        let until = effects.now() + Self.challengeLifetime
        try await database.write(.locking) { db in
            try db.execute(PasskeyQueries.insertChallenge(SecretHash.of(challenge), for: nil, until: until))
        }
        return (challenge, site)
    }

    /// Signs in; the answer's device belongs into the `known_device` cookie. Throws `Failure.passkeyRefused` for whatever does
    /// not fit; the audit trail knows what it was.
    /// - Parameter language: of the mail about a new device, to those who chose none.
    package func signIn(_ answer: Passkey.Assertion, language: String = "en", in scope: Scope) async throws
        -> (account: Account, device: String)
    {
        guard let site else { throw Failure.passkeysNeedName }
        do {
            return try await accepted(answer, at: site, language: language, in: scope)
        } catch let problem as PasskeyProblem {
            try await note(problem, about: nil, in: scope)
            throw Failure.passkeyRefused
        }
    }

    /// Notes that the person in this session proved just now who they are, by one of their own passkeys. Throws as `signIn` does.
    package func prove(_ answer: Passkey.Assertion, for session: ID<Session>, in scope: Scope) async throws {
        let account = try scope.requireAccount()
        guard let site else { throw Failure.passkeysNeedName }
        do {
            let (stored, count) = try await verified(answer, at: site)
            guard stored.account == account else { throw PasskeyProblem.wrongOwner }
            let now = effects.now()
            try await database.write { db in
                guard try db.execute(PasskeyQueries.use(stored.id, count: count, at: now)) == 1 else {
                    throw PasskeyProblem.counterWentBack
                }
                try db.execute(SessionQueries.prove(session, of: account, at: now))
                let event = AuditEvent("account.proved", .account(account), details: ["by": "passkey"])
                try Audit.record(event, in: scope, at: now, on: db)
            }
        } catch let problem as PasskeyProblem {
            try await note(problem, about: account, in: scope)
            throw Failure.passkeyRefused
        }
    }

    /// Uses the challenge up, and finds out whose signature it is.
    private func verified(_ answer: Passkey.Assertion, at site: RelyingParty) async throws
        -> (stored: Passkey.Stored, count: Int64)
    {
        let client = try ClientData(try Self.bytes(answer.clientData), .get, for: site)
        try await use(client.challenge, for: nil)
        let credential = try Self.bytes(answer.credential)
        let stored = try await database.read { db in
            try db.first(PasskeyQueries.find(credential), as: Passkey.Stored.init)
        }
        guard let stored else { throw PasskeyProblem.unknownKey }
        guard answer.user == Self.handle(of: stored.owner) else { throw PasskeyProblem.wrongOwner }
        let count = try PasskeyCeremony(site: site).asserted(
            try Self.bytes(answer.authenticatorData),
            try Self.bytes(answer.signature),
            client,
            by: stored.key
        )
        return (stored, count)
    }

    private func accepted(
        _ answer: Passkey.Assertion,
        at site: RelyingParty,
        language: String,
        in scope: Scope
    ) async throws -> (account: Account, device: String) {
        let (stored, count) = try await verified(answer, at: site)
        let newDevice = effects.secret()
        let language = accounts.policy.sendsMail ? language : nil
        let now = effects.now()
        return try await database.write { db in
            guard try db.execute(PasskeyQueries.use(stored.id, count: count, at: now)) == 1 else {
                throw PasskeyProblem.counterWentBack
            }
            let known = try answer.device.map { try DeviceQueries.knows(SecretHash.of($0), of: stored.account, on: db) }
            let device = known == true ? answer.device ?? newDevice : newDevice
            let details = ["by": "passkey"]
            let found = try Accounts.welcome(
                stored.account,
                device,
                details,
                language: language,
                in: scope,
                at: now,
                on: db
            )
            guard let found, found.status == .active else { throw PasskeyProblem.unknownKey }
            return (found, device)
        }
    }

    /// Uses a challenge up, whatever becomes of what it came with.
    private func use(_ challenge: String, for account: ID<Account>?) async throws {
        let query = PasskeyQueries.useChallenge(SecretHash.of(challenge), for: account, at: effects.now())
        guard try await database.write(.locking, { db in try db.execute(query) }) == 1 else {
            throw PasskeyProblem.wrongChallenge
        }
    }

    private func note(_ problem: PasskeyProblem, about account: ID<Account>?, in scope: Scope) async throws {
        let now = effects.now()
        let event = AuditEvent(
            "passkey.refused",
            account.map { .account($0) },
            details: ["problem": problem.rawValue]
        )
        try await database.write { db in try Audit.record(event, in: scope, at: now, on: db) }
    }

    private static func tell(
        _ letter: Letter.Kind,
        _ event: NotificationEvent,
        _ account: ID<Account>,
        _ language: String,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        try Notify.tell(account, event, at: now, on: db)
        guard let reader = try AccountQueries.find(account, in: .system(), on: db) else { return }
        try Outbox.add(letter, to: reader, language: language, at: now, on: db)
    }

    private static func bytes(_ text: String) throws(PasskeyProblem) -> [UInt8] {
        guard !text.isEmpty, let bytes = Base64URL.decode(text) else { throw .malformed }
        return bytes
    }

    /// What devices call an account: its public id, which says nothing about the person.
    static func handle(of publicID: String) -> String { Base64URL.encode(Array(publicID.utf8)) }
}
