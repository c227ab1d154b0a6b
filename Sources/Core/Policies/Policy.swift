import Persistence

package enum PolicyKind: String, Sendable, Hashable, CaseIterable, SQLConvertible {
    case privacy, terms
}

/// One version of what the platform promises or asks. The platform has one of each kind, for all brands.
package struct Policy: Sendable, Hashable {
    package let kind: PolicyKind
    /// From 1 on. 0 stands for the text that comes with the program, which has no row.
    package let version: Int64
    /// Plain text with `# headings` and `- lists`.
    package let text: String
    package let createdAt: Timestamp

    package init(kind: PolicyKind, version: Int64, text: String, createdAt: Timestamp) {
        self.kind = kind
        self.version = version
        self.text = text
        self.createdAt = createdAt
    }

    init(_ row: Row) throws {
        kind = try row["kind"]
        version = try row["version"]
        text = try row["text"]
        createdAt = try row["created_at"]
    }
}

/// Which version of each kind: those in force, or those that somebody read and agreed to.
package struct PolicyVersions: Sendable, Hashable {
    package let privacy: Int64
    package let terms: Int64

    package init(privacy: Int64, terms: Int64) {
        self.privacy = privacy
        self.terms = terms
    }

    package subscript(kind: PolicyKind) -> Int64 {
        switch kind {
        case .privacy: privacy
        case .terms: terms
        }
    }
}

/// That an account agreed to a version, and when.
package struct PolicyAcceptance: Sendable, Hashable {
    package let kind: PolicyKind
    package let version: Int64
    package let acceptedAt: Timestamp

    init(_ row: Row) throws {
        kind = try row["kind"]
        version = try row["version"]
        acceptedAt = try row["accepted_at"]
    }
}
