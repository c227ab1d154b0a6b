import Persistence

/// A mail to somebody with an account, and what became of it.
package struct Mail: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, SQLConvertible {
        case waiting
        /// A server said that it has it.
        case sent
        /// A server said that it will never take it; nobody tries again.
        case refused
        /// It was no longer wanted when its turn came: the account is closed, or what it asks for is done.
        case dropped
    }

    package let id: ID<Mail>
    package let tenant: ID<Tenant>
    package let account: ID<Account>
    package let kind: Letter.Kind
    /// The address as it was when the mail was wanted.
    package let recipient: String
    package let language: String
    package let device: LetterDevice?
    let change: ID<AddressChange>?
    /// What it tells of, where that stands in the reader's list of notifications as well.
    package let notification: ID<NotificationEntry>?
    package let state: State
    /// What the server said last when it did not take the mail.
    package let reason: String?
    package let createdAt: Timestamp
    package let endedAt: Timestamp?

    static let columns: SQL = """
        m.id, m.tenant_id, m.account_id, m.kind, m.recipient, m.language, m.device_address,
        m.device_user_agent, m.change_id, m.notification_id, m.state, m.reason, m.created_at, m.ended_at
        """

    init(_ row: Row) throws {
        id = try row["id"]
        tenant = try row["tenant_id"]
        account = try row["account_id"]
        kind = try row["kind"]
        recipient = try row["recipient"]
        language = try row["language"]
        let address: String? = try row.optional("device_address")
        let userAgent: String? = try row.optional("device_user_agent")
        device = address.map { LetterDevice(address: $0, userAgent: userAgent ?? "") }
        change = try row.optional("change_id")
        notification = try row.optional("notification_id")
        state = try row["state"]
        reason = try row.optional("reason")
        createdAt = try row["created_at"]
        endedAt = try row.optional("ended_at")
    }
}
