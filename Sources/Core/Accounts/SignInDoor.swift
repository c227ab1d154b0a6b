import Persistence

/// One client before one account, whether or not there is such an account.
struct SignInDoor: Sendable {
    private let emailKey: String
    private let tenant: ID<Tenant>
    private let clientHash: [UInt8]
    private let deviceHash: [UInt8]?
    /// What wrong tries are counted under: it depends on the address that was typed and not on whether it exists.
    let subject: [UInt8]

    init(_ attempt: SignIn, tenant: ID<Tenant>) {
        emailKey = attempt.email.trimmed.lowercased()
        self.tenant = tenant
        clientHash = SecretHash.of(attempt.client)
        deviceHash = attempt.device.map(SecretHash.of)
        subject = Self.subject(email: emailKey, tenant: tenant)
    }

    static func subject(email: String, tenant: ID<Tenant>) -> [UInt8] {
        SecretHash.of("\(tenant):\(email.lowercased())")
    }

    struct State: Sendable {
        let candidate: SignInCandidate?
        let client: SignInClient
        let closedUntil: Timestamp?

        var isKnownDevice: Bool { client.isKnownDevice }
    }

    func look(at now: Timestamp, on db: any Connection) throws -> State {
        let candidate = try SignInQueries.candidate(emailKey: emailKey, tenant: tenant, on: db)
        var client = SignInClient(hash: clientHash, isKnownDevice: false)
        if let candidate, let deviceHash, try DeviceQueries.knows(deviceHash, of: candidate.account, on: db) {
            client = SignInClient(hash: deviceHash, isKnownDevice: true)
        }
        let tries = try SignInQueries.tries(subject, since: now - Lockout.memory, on: db)
        return State(
            candidate: candidate,
            client: client,
            closedUntil: Lockout(tries: tries).until(for: client, now: now)
        )
    }

    /// One try after the other is counted: without this, tries that come at once would not see each other.
    func lock(on db: any Connection) throws {
        let key = subject.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        try SignInQueries.lock(key, on: db)
    }
}

/// The account that a typed address belongs to, with the hash of its password.
struct SignInCandidate: Sendable, Hashable {
    let account: ID<Account>
    let status: Account.Status
    let secret: String
}
