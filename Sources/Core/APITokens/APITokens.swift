package import Persistence

/// Tokens for programs: `Authorization: Bearer ms_…`.
package struct APITokens: Sendable {
    private let database: any Database
    private let effects: Effects
    private let recent: RecentReads<[UInt8], TokenBearer>
    private let policy: EmailPolicy

    package init(database: any Database, effects: Effects, policy: EmailPolicy = .none) {
        self.database = database
        self.effects = effects
        recent = RecentReads(of: database)
        self.policy = policy
    }

    /// Every token begins so: scanners that look for leaked secrets recognise it.
    package static let prefix = "ms_"

    /// Uses that follow each other faster than this are written down as one.
    private static let useStep = Duration.minutes(1)

    package struct Created: Sendable {
        package let token: APIToken
        /// Shown once, and stored nowhere.
        package let secret: String
    }

    /// Makes a token for an account that the scope may see: one's own, or a customer's. The account must be allowed to
    /// use the API. Throws `Failure` at the fields `name`, `permissions` and `expires_at`.
    package func create(
        name: String,
        permissions: Set<Permission>,
        expiresAt: Timestamp? = nil,
        for account: ID<Account>,
        in scope: Scope
    ) async throws -> Created {
        let now = effects.now()
        let name = name.trimmed
        var problems: [Failure.FieldProblem] = []
        if !(1...100).contains(name.codePoints) { problems.append(.tokenName) }
        if permissions.isEmpty { problems.append(.tokenPermissions) }
        if let expiresAt, expiresAt <= now { problems.append(.tokenExpiry) }
        guard problems.isEmpty else { throw Failure.invalid(problems) }
        let secret = Self.prefix + effects.secret()
        let draft = Draft(
            publicID: effects.publicID(),
            hash: SecretHash.of(secret),
            account: account,
            name: name,
            permissions: permissions,
            now: now,
            expiresAt: expiresAt
        )
        return try await database.write { db in
            guard try AccountQueries.find(account, in: scope, on: db) != nil else { throw Failure.notFound }
            let type = try UserTypes.ofAccount(account, on: db)
            guard scope.impersonator == nil else { throw Failure.notWhileActing }
            guard type.may(.useAPI) else { throw Failure.apiNotAllowed }
            guard permissions.isSubset(of: type.permissions), permissions.isSubset(of: scope.permissions) else {
                throw Failure.invalid([.tokenTooMuch])
            }
            let token = try APITokenQueries.insert(draft, on: db)
            try Audit.record(
                AuditEvent(
                    "api_token.created",
                    .apiToken(token.id),
                    details: ["name": name],
                    onBehalfOf: account
                ),
                in: scope,
                at: now,
                on: db
            )
            return Created(token: token, secret: secret)
        }
    }

    struct Draft: Sendable {
        let publicID: String
        let hash: [UInt8]
        let account: ID<Account>
        let name: String
        let permissions: Set<Permission>
        let now: Timestamp
        let expiresAt: Timestamp?
    }

    /// Who a request's token speaks for; nil when it is unknown, revoked or expired, or its account may not sign in or
    /// not use the API. One indexed read; a write at most once a minute.
    package func authenticate(_ secret: String) async throws -> TokenBearer? {
        guard secret.hasPrefix(Self.prefix), secret.utf8.count == Self.prefix.utf8.count + 43 else { return nil }
        let hash = SecretHash.of(secret)
        let now = effects.now()
        let bearer = try await recent.found(for: hash) {
            try await database.read { [policy] db in try APITokenQueries.bearer(hash, policy: policy, on: db) }
        }
        guard let bearer, bearer.token.isUsable(at: now), bearer.account.status == .active,
            bearer.userType.may(.useAPI)
        else { return nil }
        if bearer.token.lastUsedAt.map({ now - $0 >= Self.useStep }) ?? true {
            try await database.write(.locking) { db in try APITokenQueries.touch(bearer.token.id, at: now, on: db) }
        }
        return bearer
    }

    /// Whether a token that was good a while ago still is.
    package func isUsable(_ bearer: TokenBearer) async throws -> Bool {
        let now = effects.now()
        let id = bearer.token.id
        let current = try await database.read { [policy] db in
            try db.first(APITokenQueries.bearerStatement(of: id)).map { try TokenBearer($0, policy: policy) }
        }
        return current.map { $0.token.isUsable(at: now) && $0.account.status == .active && $0.userType.may(.useAPI) }
            ?? false
    }

    /// Newest first, revoked ones included.
    package func list(
        of account: ID<Account>,
        behind cursor: Cursor? = nil,
        limit: Int = 50,
        in scope: Scope
    ) async throws -> ListPage<APIToken> {
        let limit = min(max(limit, 1), 200)
        let statement = try APITokenQueries.list(of: account, behind: cursor, limit: limit + 1, in: scope)
        let tokens = try await database.read { db in try db.all(statement, as: APIToken.init) }
        return ListPage(fetched: tokens, limit: limit) { Cursor(.number($0.createdAt.milliseconds), id: $0.id.value) }
    }

    /// The token works no more, at once. Throws `Failure.notFound` for one that is not there or not to be seen.
    package func revoke(publicID: String, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            guard let id = try APITokenQueries.revoke(publicID: publicID, at: now, in: scope, on: db) else {
                throw Failure.notFound
            }
            try Audit.record(
                AuditEvent("api_token.revoked", .apiToken(id)),
                in: scope,
                at: now,
                on: db
            )
        }
    }

    /// For operations that have a transaction open and write their own audit entry. Answers how many.
    @discardableResult
    static func revokeAll(of account: ID<Account>, at now: Timestamp, on db: any Connection) throws -> Int {
        try APITokenQueries.revokeAll(of: account, at: now, on: db)
    }
}
