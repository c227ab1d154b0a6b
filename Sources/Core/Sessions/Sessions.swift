package import Persistence

/// Who is signed in where.
package struct Sessions: Sendable {
    private let database: any Database
    private let effects: Effects
    private let kept: SessionLifetime
    private let recent: RecentReads<[UInt8], Session>
    private let recentByID: RecentReads<ID<Session>, Session>
    private let policy: EmailPolicy

    /// A session ends `idle` after its last use, and `absolute` after its start in any case. One that nobody asked to keep
    /// ends after 12 hours without use and after a day, if these are not shorter.
    package init(
        database: any Database,
        effects: Effects,
        idle: Duration = .hours(168),
        absolute: Duration = .days(30),
        policy: EmailPolicy = .none
    ) {
        self.database = database
        self.effects = effects
        kept = SessionLifetime(idle: idle, absolute: absolute)
        recent = RecentReads(of: database)
        recentByID = RecentReads(of: database)
        self.policy = policy
    }

    /// Uses that follow each other faster than this are written down as one.
    static let useStep = Duration.minutes(1)

    package struct Started: Sendable {
        package let session: Session
        /// For the cookie, and nowhere else: 256 random bits.
        package let token: String
    }

    /// Starts a session for an account that just proved who it is. The token that the browser had before is ended, so
    /// nobody can have planted it there. The scope tells where the request came from.
    /// - Parameter isKept: whether the person asked to stay logged in on this browser.
    package func start(
        for account: ID<Account>,
        replacing old: String? = nil,
        isKept: Bool = true,
        in scope: Scope
    ) async throws -> Started {
        let token = effects.secret()
        let publicID = effects.publicID()
        let now = effects.now()
        return try await database.write { [policy] db in
            if let old { try SessionQueries.end(SecretHash.of(old), on: db) }
            try SessionQueries.insert(
                token: SecretHash.of(token),
                publicID: publicID,
                account: account,
                isKept: isKept,
                origin: scope.origin,
                at: now,
                on: db
            )
            guard let row = try SessionQueries.resume(SecretHash.of(token), on: db) else { throw Failure.notFound }
            return Started(session: try Session(row, token: token, policy: policy), token: token)
        }
    }

    /// The session that a cookie's token belongs to; nil when it belongs to none, has timed out, or its account may not
    /// sign in. One indexed read at most; a write at most once a minute.
    package func resume(_ token: String) async throws -> Session? {
        let now = effects.now()
        guard let session = try await open(token, at: now) else { return nil }
        if now - session.lastUsedAt >= Self.useStep {
            try await database.write(.locking) { db in try SessionQueries.touch(session.id, at: now, on: db) }
        }
        return session
    }

    /// Whether the token still opens something. To look does not count as a use, so that a page which stays open and asks by
    /// itself keeps nobody signed in.
    package func isOpen(_ token: String) async throws -> Bool {
        try await open(token, at: effects.now()) != nil
    }

    /// Those of the sessions that are still open, each with how many notifications wait for its account. However many there
    /// are, it is one question.
    func unread(in sessions: [ID<Session>]) async throws -> [ID<Session>: Int] {
        guard !sessions.isEmpty else { return [:] }
        let now = effects.now()
        let statement = SessionQueries.unread(in: sessions, within: SessionLimits(kept: kept, now: now), at: now)
        let found = try await database.read { db in
            try db.all(statement) { row in (session: try row["id"] as ID<Session>, unread: try row["unread"] as Int) }
        }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.session, $0.unread) })
    }

    private func open(_ token: String, at now: Timestamp) async throws -> Session? {
        guard Self.isWellFormed(token) else { return nil }
        let hash = SecretHash.of(token)
        let found = try await recent.found(for: hash) {
            let row = try await database.read { db in try SessionQueries.resume(hash, on: db) }
            return try row.map { try Session($0, token: token, policy: policy) }
        }
        return found.flatMap { isOver($0, at: now) ? nil : $0 }
    }

    /// What somebody may who has no cookie but something that was made in this session; nil when that has ended. It does
    /// not count as a use.
    func scope(of id: ID<Session>, origin: Scope.Origin?) async throws -> Scope? {
        let found = try await recentByID.found(for: id) {
            let row = try await database.read { db in try db.first(SessionQueries.find(id)) }
            return try row.map { try Session($0, token: "", policy: policy) }
        }
        return found.flatMap { isOver($0, at: effects.now()) ? nil : $0.scope(origin: origin) }
    }

    private func isOver(_ session: Session, at now: Timestamp) -> Bool {
        let lifetime = session.isKept ? kept : kept.brief
        return lifetime.isOver(startedAt: session.createdAt, lastUsedAt: session.lastUsedAt, at: now)
            || session.endsAt.map { now >= $0 } ?? false
    }

    /// Ends the session of this token; nothing happens when there is none.
    package func end(_ token: String, in scope: Scope) async throws {
        guard Self.isWellFormed(token) else { return }
        let now = effects.now()
        try await database.write { db in
            guard let session = try SessionQueries.end(SecretHash.of(token), on: db) else { return }
            try Audit.record(
                AuditEvent("account.signed_out", .session(session)),
                in: scope,
                at: now,
                on: db
            )
        }
    }

    /// Ends one of one's own sessions, or one of an account that may be managed. Throws `Failure.notFound`.
    package func end(publicID: String, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            guard let session = try SessionQueries.end(publicID: publicID, in: scope, on: db) else {
                throw Failure.notFound
            }
            try Audit.record(
                AuditEvent("session.ended", .session(session)),
                in: scope,
                at: now,
                on: db
            )
        }
    }

    /// Ends every session of an account but the one named, if any. Answers how many.
    package func endAll(
        for account: ID<Account>,
        except kept: ID<Session>? = nil,
        in scope: Scope
    ) async throws -> Int {
        let now = effects.now()
        return try await database.write { db in
            guard try AccountQueries.find(account, in: scope, on: db) != nil else { throw Failure.notFound }
            let count = try Self.endAll(of: account, except: kept, on: db)
            try Audit.record(
                AuditEvent(
                    "session.all_ended",
                    .account(account),
                    details: ["sessions": String(count)]
                ),
                in: scope,
                at: now,
                on: db
            )
            return count
        }
    }

    /// For operations that have a transaction open and write their own audit entry.
    @discardableResult
    static func endAll(of account: ID<Account>, except kept: ID<Session>? = nil, on db: any Connection) throws -> Int {
        try SessionQueries.endAll(of: account, except: kept, on: db)
    }

    /// Those that are not over, last used first.
    package func list(
        of account: ID<Account>,
        behind cursor: Cursor? = nil,
        limit: Int = 50,
        in scope: Scope
    ) async throws -> ListPage<SessionSummary> {
        let limit = min(max(limit, 1), 200)
        let limits = SessionLimits(kept: kept, now: effects.now())
        let statement = try SessionQueries.list(
            of: account,
            behind: cursor,
            limit: limit + 1,
            within: limits,
            in: scope
        )
        let sessions = try await database.read { db in try db.all(statement, as: SessionSummary.init) }
        return ListPage(fetched: sessions, limit: limit) {
            Cursor(.number($0.lastUsedAt.milliseconds), id: $0.id.value)
        }
    }

    /// Removes sessions that have timed out. For a job that runs now and then; answers how many.
    package func purge() async throws -> Int {
        let limits = SessionLimits(kept: kept, now: effects.now())
        return try await database.write(.locking) { db in try SessionQueries.purge(limits, on: db) }
    }

    /// 43 characters of base64url; anything else is not worth a query.
    private static func isWellFormed(_ token: String) -> Bool {
        token.utf8.count == 43
    }
}
