import Persistence

/// That an account was closed, and until when it can come back.
package struct AccountClosing: Sendable, Hashable {
    /// How long a closed account can be restored.
    package static let lifetime = Duration.days(30)

    package let closedAt: Timestamp
    package let eraseAt: Timestamp
    /// Nothing personal is left then.
    package let erasedAt: Timestamp?
    let heir: ID<Account>?

    package init(closedAt: Timestamp, eraseAt: Timestamp, erasedAt: Timestamp? = nil) {
        self.closedAt = closedAt
        self.eraseAt = eraseAt
        self.erasedAt = erasedAt
        heir = nil
    }

    init(_ row: Row) throws {
        closedAt = try row["closed_at"]
        eraseAt = try row["erase_at"]
        erasedAt = try row.optional("erased_at")
        heir = try row.optional("heir_id")
    }
}

/// What shall become of what belongs to an account that is closed, as a form says it.
package struct ClosingChoice: Sendable, Hashable {
    package enum Items: String, Sendable, Hashable, CaseIterable {
        /// They wait in the trash as long as the account can come back, and are gone with it.
        case trash
        /// They belong to somebody else at once, for good.
        case handOver = "hand_over"
    }

    package enum Customers: String, Sendable, Hashable, CaseIterable {
        /// To whoever the account is a customer of, or to nobody.
        case up
        /// To somebody else.
        case other
    }

    package let items: String
    /// A username.
    package let heir: String
    package let customers: String
    /// A username.
    package let customersTo: String

    package init(items: String, heir: String = "", customers: String, customersTo: String = "") {
        self.items = items
        self.heir = heir
        self.customers = customers
        self.customersTo = customersTo
    }
}
