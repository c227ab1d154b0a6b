import Persistence

/// Another address for an account: wished for until the link at the new address is opened, then kept for some days in which
/// the old address can take it back.
package struct AddressChange: Sendable, Hashable {
    /// What a link in a mail is good for.
    enum Purpose: String, Sendable, Hashable, SQLConvertible {
        case confirm
        case revert
    }

    /// How long the link at the new address can be used.
    package static let confirmable = Duration.hours(24)
    /// How long the old address can take a change back.
    package static let revertible = Duration.days(7)

    package let id: ID<AddressChange>
    let account: ID<Account>
    package let oldEmail: String
    package let newEmail: String
    let isDone: Bool
    package let askedAt: Timestamp
    package let endsAt: Timestamp

    static let columns: SQL = "c.id, c.account_id, c.old_email, c.new_email, c.is_done, c.asked_at, c.ends_at"

    init(_ row: Row) throws {
        id = try row["id"]
        account = try row["account_id"]
        oldEmail = try row["old_email"]
        newEmail = try row["new_email"]
        isDone = try row["is_done"]
        askedAt = try row["asked_at"]
        endsAt = try row["ends_at"]
    }
}
