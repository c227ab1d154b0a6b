package import Persistence

/// What somebody was told, what of it they have seen, and of what they want mails. Nobody sees another's.
package struct Notifications: Sendable {
    private let database: any Database
    private let effects: Effects

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    /// The asking account's, newest first.
    package func page(
        isUnread: Bool = false,
        behind cursor: Cursor? = nil,
        limit: Int = 50,
        in scope: Scope
    ) async throws -> ListPage<NotificationEntry> {
        let account = try scope.requireAccount()
        let limit = min(max(limit, 1), 200)
        let statement = try NotificationQueries.page(of: account, isUnread: isUnread, behind: cursor, limit: limit + 1)
        let entries = try await database.read { db in try db.all(statement, as: NotificationEntry.init) }
        return ListPage(fetched: entries, limit: limit) {
            Cursor(.number($0.createdAt.milliseconds), id: $0.id.value)
        }
    }

    /// Throws `Failure.notFound`, for somebody else's, too.
    package func markRead(_ id: ID<NotificationEntry>, in scope: Scope) async throws {
        let statement = NotificationQueries.markRead(id, of: try scope.requireAccount(), at: effects.now())
        let marked = try await database.write { db in try db.execute(statement) }
        guard marked == 1 else { throw Failure.notFound }
    }

    /// Marks all that were there when the newest one that is named was; what came since stays unread. Answers how many.
    @discardableResult
    package func markRead(through last: ID<NotificationEntry>, in scope: Scope) async throws -> Int {
        let statement = NotificationQueries.markRead(through: last, of: try scope.requireAccount(), at: effects.now())
        return try await database.write { db in try db.execute(statement) }
    }

    /// The kinds of which the asking account gets mails, among those of which it decides.
    package func mailed(in scope: Scope) async throws -> Set<NotificationKind> {
        let statement = NotificationQueries.choices(of: try scope.requireAccount())
        let chosen = try await database.read { db in
            try db.all(statement) { row in (kind: try row["kind"] as String, isMailed: try row["is_mailed"] as Bool) }
        }
        let choices = Dictionary(chosen.map { ($0.kind, $0.isMailed) }) { _, last in last }
        return Set(
            NotificationKind.choosable(with: scope.permissions).filter { kind in
                choices[kind.rawValue] ?? (kind.mailRule == .asChosen(byDefault: true))
            }
        )
    }

    /// From now on mails come of these kinds and of no other that can be chosen.
    package func choose(mailed: Set<NotificationKind>, in scope: Scope) async throws {
        let account = try scope.requireAccount()
        let now = effects.now()
        try await database.write { db in
            for kind in NotificationKind.choosable(with: scope.permissions) {
                try db.execute(NotificationQueries.choose(kind, isMailed: mailed.contains(kind), for: account))
            }
            let kinds = mailed.map(\.rawValue).sorted().joined(separator: " ")
            try Audit.record(
                AuditEvent("account.notifications_chosen", .account(account), details: ["mailed": kinds]),
                in: scope,
                at: now,
                on: db
            )
        }
    }
}

/// Forgets, every six hours, what somebody was told three months ago.
package struct NotificationSweep: JobHandler {
    static let lifetime = Duration.days(90)

    package let kind: JobKind = "notifications.sweep"
    package let every: Duration? = .hours(6)
    private let effects: Effects

    package init(effects: Effects) {
        self.effects = effects
    }

    package func run(_ job: RunningJob) async throws {
        let before = effects.now() - Self.lifetime
        try await job.complete { db in try db.execute(NotificationQueries.sweep(before: before)) }
    }
}
