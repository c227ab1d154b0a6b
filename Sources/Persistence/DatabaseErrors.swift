/// A row broke a rule of the schema. The transaction is over on both engines: throw on, or use `ON CONFLICT`.
package struct ConstraintViolation: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        case unique
        case foreignKey
        case check
        case notNull
    }

    package let kind: Kind
    /// The name of the unique index or CHECK, where the engine tells it: `CREATE UNIQUE INDEX account_email` is
    /// `account_email` on both. SQLite names no foreign key, and no UNIQUE that stands inside a CREATE TABLE.
    package let constraint: String?
    package let table: String?
    /// The columns of a unique index or a NOT NULL; empty where the engine does not tell them.
    package let columns: [String]

    package var description: String {
        let subject = constraint ?? (columns.isEmpty ? table ?? "a row" : columns.joined(separator: ", "))
        return "\(kind.rawValue) constraint broken: \(subject)"
    }
}

/// The database cannot answer now. Nothing of the transaction was kept, except where `reason` says that nobody knows.
package struct DatabaseUnavailable: Error, Sendable, CustomStringConvertible {
    package enum Reason: String, Sendable {
        /// No connection could be made, or it broke and could not be mended in time.
        case connectionLost
        /// The connection broke while COMMIT was under way: the change is either whole or absent.
        case outcomeUnknown
        /// Every connection was busy for the whole waiting time.
        case poolExhausted
        /// Another program holds SQLite's write lock.
        case busy
        /// The statement ran longer than `statement_timeout`.
        case timedOut
        /// Other transactions kept getting in the way; every retry failed.
        case contention
        /// The database was closed.
        case closed
        /// The disk or the file system failed.
        case storage
    }

    package let reason: Reason
    package let description: String

    package init(_ reason: Reason, _ description: String) {
        self.reason = reason
        self.description = description
    }
}

/// The disk under the database is full. Nothing of the transaction was kept.
package struct DatabaseFull: Error, Sendable, CustomStringConvertible {
    package let description: String
}

/// The engine refused a statement: a mistake in the program. Holds placeholders, never values.
package struct StatementRefused: Error, Sendable, CustomStringConvertible {
    /// SQLSTATE on PostgreSQL, the extended result code on SQLite.
    package let code: String
    package let message: String
    package let sql: String

    package var description: String { "\(message) [\(code)] in: \(sql)" }
}

/// A statement failed, the error was caught inside the transaction, and the transaction went on. PostgreSQL has aborted
/// it by then, and SQLite does the same here, so that both engines mean the same. Nothing was kept.
package struct TransactionAborted: Error, Sendable, CustomStringConvertible {
    package let description =
        "an earlier statement of this transaction failed; use ON CONFLICT where a conflict is expected"
}

/// Text with a NUL in it, which PostgreSQL cannot hold. Parsing at the edge should have refused it.
package struct UnstorableText: Error, Sendable, CustomStringConvertible {
    package let description = "text that contains U+0000 cannot be stored"
}
