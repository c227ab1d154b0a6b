package import Persistence

/// What the platform promises and asks: published in versions that never change, and agreed to by version.
package struct Policies: Sendable {
    private let database: any Database
    private let effects: Effects

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    package static let longestText = 50_000

    /// The version in force; nil while it is the text that comes with the program.
    package func current(_ kind: PolicyKind) async throws -> Policy? {
        try await database.read { db in try db.first(PolicyQueries.current(kind)).map(Policy.init) }
    }

    /// A version that is or was in force. Throws `Failure.notFound`.
    package func find(_ kind: PolicyKind, version: Int64) async throws -> Policy {
        let found = try await database.read { db in
            try db.first(PolicyQueries.find(kind, version: version)).map(Policy.init)
        }
        guard let found else { throw Failure.notFound }
        return found
    }

    package func versions() async throws -> PolicyVersions {
        try await database.read { db in try Self.versions(on: db) }
    }

    /// Puts a text in force. Needs `manageSettings`; throws `Failure` at the field `text`. A text that is in force
    /// already makes no version.
    /// - Parameter version: which one the author saw; `Failure.policyChangedMeanwhile` when it is no longer the last.
    package func publish(_ kind: PolicyKind, _ text: String, after version: Int64, in scope: Scope) async throws {
        try scope.require(.manageSettings)
        let text = text.trimmed
        guard (1...Self.longestText).contains(text.codePoints) else { throw Failure.invalid([.policyLength]) }
        guard !text.unicodeScalars.contains("\0") else { throw Failure.invalid([.policyCharacters]) }
        let now = effects.now()
        try await database.write { db in
            let last = try db.first(PolicyQueries.current(kind)).map(Policy.init)
            guard last?.version ?? 0 == version else { throw Failure.policyChangedMeanwhile }
            guard last?.text != text else { return }
            let policy = Policy(kind: kind, version: version + 1, text: text, createdAt: now)
            let inserted = try db.value(PolicyQueries.insert(policy, by: scope.account), as: Int64.self)
            guard let inserted else { throw Failure.policyChangedMeanwhile }
            try Audit.record(
                AuditEvent(
                    "policy.published",
                    AuditSubject(kind: "policy", id: inserted),
                    details: ["kind": kind.rawValue, "version": String(policy.version)]
                ),
                in: scope,
                at: now,
                on: db
            )
        }
    }

    /// What an account that may be seen agreed to.
    package func acceptances(of account: ID<Account>, in scope: Scope) async throws -> [PolicyAcceptance] {
        let statement = PolicyQueries.acceptances(of: account, in: scope)
        return try await database.read { db in try db.all(statement, as: PolicyAcceptance.init) }
    }

    /// Notes an agreement inside the transaction that makes the account. Throws `Failure` at the field `agreement` when
    /// the person read what is no longer in force.
    static func accept(
        _ versions: PolicyVersions,
        by account: ID<Account>,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        try check(versions, on: db)
        try note(versions, by: account, at: now, on: db)
    }

    /// Throws `Failure` at the field `agreement` when these are not the versions in force.
    static func check(_ versions: PolicyVersions, on db: any Connection) throws {
        guard try Self.versions(on: db) == versions else { throw Failure.invalid([.agreementOutdated]) }
    }

    /// Notes an agreement to what was in force when it was given.
    static func note(
        _ versions: PolicyVersions,
        by account: ID<Account>,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        for kind in PolicyKind.allCases {
            try db.execute(PolicyQueries.accept(kind, versions[kind], by: account, at: now))
        }
    }

    private static func versions(on db: any Connection) throws -> PolicyVersions {
        PolicyVersions(
            privacy: try db.value(PolicyQueries.version(.privacy), as: Int64.self) ?? 0,
            terms: try db.value(PolicyQueries.version(.terms), as: Int64.self) ?? 0
        )
    }
}
