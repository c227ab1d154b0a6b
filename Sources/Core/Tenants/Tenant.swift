/// A brand with its host names. The platform itself is the first; resellers own others.
package struct Tenant: Sendable, Hashable {
    package let id: ID<Tenant>
    package let name: String

    package init(id: ID<Tenant>, name: String) {
        self.id = id
        self.name = name
    }
}

extension ID where Subject == Tenant {
    /// The tenant that the first migration makes.
    package static let platform = ID<Tenant>(1)
}
