/// The schema said no: a row that would break one of its rules.
package struct ConstraintViolation: Error, Sendable, Equatable {
    package enum Kind: Sendable {
        case unique
        case foreignKey
        case check
        case notNull
    }

    package let kind: Kind
    /// The constraint's or the column's name, as far as the engine tells.
    package let constraint: String?

    package init(kind: Kind, constraint: String?) {
        self.kind = kind
        self.constraint = constraint
    }
}

/// The database cannot be reached now, or every connection stayed busy for too long. Trying again later may help.
package struct DatabaseUnavailable: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// The disk under the database is full.
package struct DatabaseFull: Error, Sendable {
    package init() {}
}
