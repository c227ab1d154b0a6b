import Foundation
import Persistence

/// One line of the audit trail.
package struct AuditEntry: Sendable, Hashable {
    package enum ActorKind: String, Sendable, SQLConvertible {
        case visitor, account, system
    }

    package let id: ID<AuditEntry>
    package let tenant: ID<Tenant>
    package let happenedAt: Timestamp
    package let action: String
    package let actorKind: ActorKind
    package let actor: ID<Account>?
    package let onBehalfOf: ID<Account>?
    package let subject: AuditSubject?
    package let requestID: String?
    /// Its place in the chain; nil until it is sealed.
    package let sequence: Int64?
    /// nil once the person was erased.
    package let personal: AuditPersonal?

    package init(
        id: ID<AuditEntry>,
        tenant: ID<Tenant> = .platform,
        happenedAt: Timestamp,
        action: String,
        actor: ID<Account>?,
        onBehalfOf: ID<Account>? = nil,
        subject: AuditSubject?,
        requestID: String? = nil,
        sequence: Int64? = nil,
        personal: AuditPersonal?
    ) {
        self.id = id
        self.tenant = tenant
        self.happenedAt = happenedAt
        self.action = action
        actorKind = actor == nil ? .system : .account
        self.actor = actor
        self.onBehalfOf = onBehalfOf
        self.subject = subject
        self.requestID = requestID
        self.sequence = sequence
        self.personal = personal
    }

    static let columns: SQL = """
        e.id, e.tenant_id, e.happened_at, e.action, e.actor_kind, e.actor_id, e.on_behalf_of_id, e.subject_kind,
        e.subject_id, e.request_id, e.sequence
        """

    init(_ row: Row) throws {
        let content = try row.optional("content", as: String.self)
        try self.init(row, personal: try content.map(AuditPersonal.init(stored:)))
    }

    static func withoutPersonal(_ row: Row) throws -> AuditEntry {
        try AuditEntry(row, personal: nil)
    }

    private init(_ row: Row, personal: AuditPersonal?) throws {
        id = try row["id"]
        tenant = try row["tenant_id"]
        happenedAt = try row["happened_at"]
        action = try row["action"]
        actorKind = try row["actor_kind"]
        actor = try row.optional("actor_id")
        onBehalfOf = try row.optional("on_behalf_of_id")
        if let kind = try row.optional("subject_kind", as: String.self) {
            subject = AuditSubject(kind: kind, id: try row["subject_id"])
        } else {
            subject = nil
        }
        requestID = try row.optional("request_id")
        sequence = try row.optional("sequence")
        self.personal = personal
    }
}

/// The part of an entry that can name a person.
package struct AuditPersonal: Sendable, Hashable, Codable {
    package let details: [String: String]
    package let address: String?
    package let userAgent: String?

    package init(details: [String: String], address: String?, userAgent: String?) {
        self.details = details
        self.address = address
        self.userAgent = userAgent
    }

    init(stored: String) throws {
        self = try JSONDecoder().decode(AuditPersonal.self, from: Data(stored.utf8))
    }

    /// The same content always gives the same text.
    func stored() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
