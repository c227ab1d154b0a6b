import Persistence

/// A named set of permissions and limits that every account has one of.
package struct UserType: Sendable, Hashable {
    package let id: ID<UserType>
    /// What programs call it: `admin`, `reseller`, `premium`, `basic`.
    package let code: String
    package let name: String
    package private(set) var permissions: Set<Permission>
    package let limits: Limits

    /// nil is "no limit".
    package struct Limits: Sendable, Hashable {
        /// All files of an account together, in bytes.
        package let storage: Int64?
        /// Bytes that may be uploaded within a day.
        package let dailyUpload: Int64?
        /// The largest single file, in bytes.
        package let file: Int64?
        /// Simultaneous playbacks.
        package let streams: Int?
        /// The tallest picture, in lines.
        package let bestHeight: Int?
        /// Accounts below this one, all levels together.
        package let customers: Int?
        /// Levels of accounts below this one.
        package let customerLevels: Int?

        package init(
            storage: Int64? = nil,
            dailyUpload: Int64? = nil,
            file: Int64? = nil,
            streams: Int? = nil,
            bestHeight: Int? = nil,
            customers: Int? = nil,
            customerLevels: Int? = nil
        ) {
            self.storage = storage
            self.dailyUpload = dailyUpload
            self.file = file
            self.streams = streams
            self.bestHeight = bestHeight
            self.customers = customers
            self.customerLevels = customerLevels
        }
    }

    package init(
        id: ID<UserType>,
        code: String,
        name: String,
        permissions: Set<Permission>,
        limits: Limits
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.permissions = permissions
        self.limits = limits
    }

    /// The same without some of its permissions.
    func withholding(_ withheld: Set<Permission>) -> UserType {
        var type = self
        type.permissions.subtract(withheld)
        return type
    }

    package func may(_ permission: Permission) -> Bool {
        permissions.contains(permission)
    }

    /// Every column under a name that collides with no other table's.
    static let columns: SQL = """
        ut.id AS type_id, ut.code AS type_code, ut.name AS type_name, ut.permissions AS type_permissions,
        ut.storage_bytes, ut.daily_upload_bytes, ut.file_bytes, ut.streams, ut.best_height, ut.customers,
        ut.customer_levels
        """

    init(_ row: Row) throws {
        id = try row["type_id"]
        code = try row["type_code"]
        name = try row["type_name"]
        permissions = PermissionList(stored: try row["type_permissions"]).permissions
        limits = Limits(
            storage: try row.optional("storage_bytes"),
            dailyUpload: try row.optional("daily_upload_bytes"),
            file: try row.optional("file_bytes"),
            streams: try row.optional("streams"),
            bestHeight: try row.optional("best_height"),
            customers: try row.optional("customers"),
            customerLevels: try row.optional("customer_levels")
        )
    }
}
