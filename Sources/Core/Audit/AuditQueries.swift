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
        return try db.inserted(
            """
            INSERT INTO audit_entry
                (tenant_id, happened_at, action, actor_kind, actor_id, on_behalf_of_id, subject_kind, subject_id,
                 request_id, commitment)
            VALUES
                (\(scope.tenant), \(now), \(event.action), \(kind), \(scope.account), \(event.onBehalfOf),
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
        if let since = filter.since { conditions.append("e.happened_at >= \(since)") }
        if let until = filter.until { conditions.append("e.happened_at < \(until)") }
        if let cursor { conditions.append("e.id < \(cursor.id)") }
        return """
            SELECT \(AuditEntry.columns), p.content
            FROM audit_entry e LEFT JOIN audit_personal p ON p.entry_id = e.id
            WHERE \(conditions.joined(" AND "))
            ORDER BY e.id DESC LIMIT \(limit)
            """
    }

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
