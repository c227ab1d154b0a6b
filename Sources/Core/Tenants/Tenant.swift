import Persistence

/// A brand with its host names. The platform itself is the first; resellers own others.
package struct Tenant: Sendable, Hashable {
    package let id: ID<Tenant>
    package let publicID: String
    package let name: String

    package init(id: ID<Tenant>, publicID: String, name: String) {
        self.id = id
        self.publicID = publicID
        self.name = name
    }

    static let columns: SQL = "t.id, t.public_id, t.name"

    init(_ row: Row) throws {
        id = try row["id"]
        publicID = try row["public_id"]
        name = try row["name"]
    }
}

extension ID where Subject == Tenant {
    /// The tenant that the first migration makes.
    package static let platform = ID<Tenant>(1)
}
