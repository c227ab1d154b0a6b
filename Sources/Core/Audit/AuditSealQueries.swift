import Persistence

enum AuditSealQueries {
    /// The chain's end, locked until the transaction ends.
    static func lockEnd(on db: any Connection) throws -> AuditChainEnd {
        try db.execute(
            """
            INSERT INTO audit_chain (id, sequence, seal) VALUES (1, 0, \(AuditChain.start)) ON CONFLICT (id) DO NOTHING
            """
        )
        let lock = SQL.either(sqlite: "", postgres: " FOR UPDATE")
        guard let row = try db.first("SELECT sequence, seal FROM audit_chain WHERE id = 1\(lock)") else {
            throw RowError("the audit chain has no end")
        }
        return AuditChainEnd(sequence: try row["sequence"], seal: try row["seal"])
    }

    static func end(on db: any Connection) throws -> AuditChainEnd {
        guard let row = try db.first("SELECT sequence, seal FROM audit_chain WHERE id = 1") else {
            return AuditChainEnd(sequence: 0, seal: AuditChain.start)
        }
        return AuditChainEnd(sequence: try row["sequence"], seal: try row["seal"])
    }

    static func moveEnd(to end: AuditChainEnd, on db: any Connection) throws {
        try db.execute("UPDATE audit_chain SET sequence = \(end.sequence), seal = \(end.seal) WHERE id = 1")
    }

    static func unsealed(limit: Int, on db: any Connection) throws -> [(entry: AuditEntry, commitment: [UInt8])] {
        let rows = try db.rows(
            """
            SELECT \(AuditEntry.columns), e.commitment
            FROM audit_entry e WHERE e.sequence IS NULL ORDER BY e.id LIMIT \(limit)
            """
        )
        return try rows.map { (try AuditEntry.withoutPersonal($0), try $0["commitment"]) }
    }

    static func seal(_ entry: ID<AuditEntry>, with end: AuditChainEnd, on db: any Connection) throws {
        try db.execute(
            "UPDATE audit_entry SET sequence = \(end.sequence), seal = \(end.seal) WHERE id = \(entry)"
        )
    }

    static func links(
        after sequence: Int64,
        upTo end: Int64,
        limit: Int,
        on db: any Connection
    ) throws -> [SealedLink] {
        let rows = try db.rows(
            """
            SELECT \(AuditEntry.columns), e.commitment, e.seal, p.salt, p.content
            FROM audit_entry e LEFT JOIN audit_personal p ON p.entry_id = e.id
            WHERE e.sequence > \(sequence) AND e.sequence <= \(end)
            ORDER BY e.sequence LIMIT \(limit)
            """
        )
        return try rows.map { row in
            // Read apart from the entry: text that is no JSON any more is a broken commitment and no fault.
            let link = AuditChain.Link(
                sequence: try row["sequence"],
                entry: try AuditEntry.withoutPersonal(row),
                commitment: try row["commitment"]
            )
            return SealedLink(
                link: link,
                seal: try row["seal"],
                salt: try row.optional("salt"),
                content: try row.optional("content")
            )
        }
    }

    /// How far sealed entries really go, what the end says, and how many wait; all at one moment.
    static func count(on db: any Connection) throws -> (sealed: Int64, end: Int64, unsealed: Int64) {
        (
            sealed: try db.value("SELECT max(sequence) FROM audit_entry") ?? 0,
            end: try end(on: db).sequence,
            unsealed: try db.value("SELECT count(*) FROM audit_entry WHERE sequence IS NULL") ?? 0
        )
    }
}
