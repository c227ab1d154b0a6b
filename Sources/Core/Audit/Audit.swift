package import Persistence

/// The audit trail: who did what to what, and when.
package struct Audit: Sendable {
    let database: any Database
    let effects: Effects

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    /// Writes an entry within the transaction that changes what the entry tells of: both are kept or neither is.
    package static func record(
        _ event: AuditEvent,
        in scope: Scope,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        let personal = AuditPersonal(
            details: event.details,
            address: scope.origin?.address,
            userAgent: scope.origin?.userAgent
        )
        let content = try personal.stored()
        // Not from `Effects`: a salt is never looked at again by a rule or by a test, only guessed at by attackers.
        var random = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let id = try AuditQueries.insert(
            event,
            scope: scope,
            at: now,
            commitment: AuditChain.commitment(salt: salt, content: content),
            on: db
        )
        try AuditQueries.insertPersonal(of: id, salt: salt, content: content, on: db)
    }

    /// Which entries a list shows; what is nil does not restrict.
    package struct Filter: Sendable, Hashable {
        package var actor: ID<Account>?
        package var subject: AuditSubject?
        package var action: String?
        package var since: Timestamp?
        package var until: Timestamp?

        package init(
            actor: ID<Account>? = nil,
            subject: AuditSubject? = nil,
            action: String? = nil,
            since: Timestamp? = nil,
            until: Timestamp? = nil
        ) {
            self.actor = actor
            self.subject = subject
            self.action = action
            self.since = since
            self.until = until
        }
    }

    /// Newest first. Needs `seeAudit`; who may not manage all sees the own tenant's entries.
    package func list(
        _ filter: Filter = Filter(),
        behind cursor: Cursor? = nil,
        limit: Int = 50,
        in scope: Scope
    ) async throws -> ListPage<AuditEntry> {
        try scope.require(.seeAudit)
        let limit = min(max(limit, 1), 200)
        let tenant: ID<Tenant>? = scope.may(.manageAll) ? nil : scope.tenant
        return try await database.read { db in
            let entries = try AuditQueries.list(filter, tenant: tenant, behind: cursor, limit: limit + 1, on: db)
            return ListPage(fetched: entries, limit: limit) { Cursor(.number($0.id.value), id: $0.id.value) }
        }
    }

    /// Every action that was ever written down. Needs `seeAudit`.
    package func actions(in scope: Scope) async throws -> [String] {
        try scope.require(.seeAudit)
        return try await database.read { db in try db.values(AuditQueries.actions) }
    }

    /// Writes down that somebody takes a copy of the trail with them. Needs `seeAudit`.
    package func recordExport(_ format: String, in scope: Scope) async throws {
        try scope.require(.seeAudit)
        let now = effects.now()
        try await database.write { db in
            try Audit.record(AuditEvent("audit.exported", nil, details: ["format": format]), in: scope, at: now, on: db)
        }
    }

    /// What an account did and what was done to it, newest first. For those who manage it.
    /// Throws `Failure.notFound` for an account that is not to be seen.
    package func recent(about person: ID<Account>, limit: Int = 10, in scope: Scope) async throws -> [AuditEntry] {
        try People.requireManager(scope)
        return try await database.read { db in
            guard try AccountQueries.find(person, in: scope, on: db) != nil else { throw Failure.notFound }
            return try db.all(AuditQueries.about(person, limit: min(max(limit, 1), 100)), as: AuditEntry.init)
        }
    }

    /// Forgets what entries by and about a person say of them. The chain stays whole. Needs `manageAll`.
    /// Answers how many entries were stripped.
    package func erase(_ person: ID<Account>, in scope: Scope) async throws -> Int {
        try scope.require(.manageAll)
        let now = effects.now()
        return try await database.write { db in
            let count = try AuditQueries.erasePersonal(of: person, on: db)
            try Audit.record(
                AuditEvent("audit.erased", .account(person), details: ["entries": String(count)]),
                in: scope,
                at: now,
                on: db
            )
            return count
        }
    }
}
