import Persistence

enum AuditQueries {
    static func insert(
        _ event: AuditEvent,
        scope: Scope,
        at now: Timestamp,
        commitment: [UInt8],
        on db: any Connection
    ) throws -> ID<AuditEntry> {
        let kind: AuditEntry.ActorKind =
            switch scope.actor {
            case .visitor: .visitor
            case .account: .account
            case .system: .system
            }
        // Who really did it, and for whom.
        let actor = scope.impersonator ?? scope.account
        let principal = event.onBehalfOf ?? scope.impersonator.flatMap { _ in scope.account }
        return try db.inserted(
            """
            INSERT INTO audit_entry
                (tenant_id, happened_at, action, actor_kind, actor_id, on_behalf_of_id, subject_kind, subject_id,
                 request_id, commitment)
            VALUES
                (\(scope.tenant), \(now), \(event.action), \(kind), \(actor), \(principal),
                 \(event.subject?.kind), \(event.subject?.id), \(scope.origin?.requestID), \(commitment))
            RETURNING id
            """
        )
    }

    static func insertPersonal(
        of entry: ID<AuditEntry>,
        salt: [UInt8],
        content: String,
        on db: any Connection
    ) throws {
        try db.execute(
            "INSERT INTO audit_personal (entry_id, salt, content) VALUES (\(entry), \(salt), \(content))"
        )
    }

    static func list(
        _ filter: Audit.Filter,
        tenant: ID<Tenant>?,
        behind cursor: Cursor?,
        limit: Int,
        on db: any Connection
    ) throws -> [AuditEntry] {
        try db.all(listStatement(filter, tenant: tenant, behind: cursor, limit: limit), as: AuditEntry.init)
    }

    static func listStatement(
        _ filter: Audit.Filter,
        tenant: ID<Tenant>?,
        behind cursor: Cursor?,
        limit: Int
    ) -> SQL {
        var conditions: [SQL] = ["e.id > 0"]
        if let tenant { conditions.append("e.tenant_id = \(tenant)") }
        if let actor = filter.actor { conditions.append("e.actor_id = \(actor)") }
        if let subject = filter.subject {
            conditions.append("e.subject_kind = \(subject.kind) AND e.subject_id = \(subject.id)")
        }
        if let action = filter.action { conditions.append("e.action = \(action)") }
        if let since = filter.since { conditions.append("e.happened_at >= \(since) AND e.id >= \(first(since))") }
        if let until = filter.until { conditions.append("e.happened_at < \(until) AND e.id <= \(last(until))") }
        if let cursor { conditions.append("e.id < \(cursor.id)") }
        return """
            SELECT \(AuditEntry.columns), p.content
            FROM audit_entry e LEFT JOIN audit_personal p ON p.entry_id = e.id
            WHERE \(conditions.joined(" AND "))
            ORDER BY e.id DESC LIMIT \(limit)
            """
    }

    /// No transaction takes that long: whatever happened later than this before a moment has a higher number.
    private static let slack = Duration.hours(1)

    /// The lowest number that an entry of that moment, or a later one, can have.
    private static func first(_ since: Timestamp) -> SQL {
        "(SELECT id FROM audit_entry WHERE happened_at >= \(since - slack) ORDER BY happened_at, id LIMIT 1)"
    }

    /// The highest number that an entry before that moment can have.
    private static func last(_ until: Timestamp) -> SQL {
        "(SELECT id FROM audit_entry WHERE happened_at < \(until + slack) ORDER BY happened_at DESC, id DESC LIMIT 1)"
    }

    /// Every action that was ever written down: one look into the index for each, however many entries there are.
    static let actions: SQL = """
        WITH RECURSIVE known (action) AS (
            SELECT min(action) FROM audit_entry
            UNION ALL
            SELECT (SELECT min(e.action) FROM audit_entry e WHERE e.action > known.action) FROM known
            WHERE known.action IS NOT NULL)
        SELECT action FROM known WHERE action IS NOT NULL ORDER BY action LIMIT 500
        """

    /// By or about a person: the newest of either, then the newest of both.
    static func about(_ person: ID<Account>, limit: Int) -> SQL {
        """
        SELECT \(AuditEntry.columns), p.content
        FROM (
            SELECT id FROM (SELECT id FROM audit_entry WHERE actor_id = \(person) ORDER BY id DESC LIMIT \(limit)) acts
            UNION SELECT id FROM (
                SELECT id FROM audit_entry WHERE subject_kind = 'account' AND subject_id = \(person)
                ORDER BY id DESC LIMIT \(limit)) happenings) n
            JOIN audit_entry e ON e.id = n.id LEFT JOIN audit_personal p ON p.entry_id = e.id
        ORDER BY e.id DESC LIMIT \(limit)
        """
    }

    static func erasePersonal(of person: ID<Account>, on db: any Connection) throws -> Int {
        try db.execute(
            """
            DELETE FROM audit_personal WHERE entry_id IN (
                SELECT id FROM audit_entry WHERE actor_id = \(person)
                UNION SELECT id FROM audit_entry WHERE subject_kind = 'account' AND subject_id = \(person))
            """
        )
    }
}
