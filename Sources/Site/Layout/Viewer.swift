package import Core

/// Who looks at the page, as far as the page needs to know.
package struct Viewer: Sendable {
    package let name: String
    package let email: String
    package let permissions: Set<Permission>
    package let storage: StorageUse?
    /// The name of whoever acts for this person just now.
    package let impersonator: String?
    /// Who of those who share the account watches; nil for those who act for somebody.
    package let profile: ViewerProfile?

    /// How many notifications wait, counted up to a hundred.
    package let unread: Int

    /// How much of one's space is taken, in bytes; without a limit when `limit` is nil.
    package struct StorageUse: Sendable {
        package let used: Int64
        package let limit: Int64?

        package init(used: Int64, limit: Int64?) {
            self.used = used
            self.limit = limit
        }
    }

    package init(
        name: String,
        email: String,
        permissions: Set<Permission>,
        storage: StorageUse? = nil,
        impersonator: String? = nil,
        unread: Int = 0,
        profile: ViewerProfile? = nil
    ) {
        self.name = name
        self.email = email
        self.permissions = permissions
        self.storage = storage
        self.impersonator = impersonator
        self.unread = unread
        self.profile = profile
    }

    var initial: String { name.prefix(1).uppercased() }
}
