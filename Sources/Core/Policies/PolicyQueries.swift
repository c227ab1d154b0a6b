import Persistence

/// All SQL of policies.
enum PolicyQueries {
    static func current(_ kind: PolicyKind) -> SQL {
        """
        SELECT kind, version, text, created_at FROM policy
        WHERE kind = \(kind) ORDER BY version DESC LIMIT 1
        """
    }

    static func find(_ kind: PolicyKind, version: Int64) -> SQL {
        "SELECT kind, version, text, created_at FROM policy WHERE kind = \(kind) AND version = \(version)"
    }

    static func version(_ kind: PolicyKind) -> SQL {
        "SELECT COALESCE(max(version), 0) FROM policy WHERE kind = \(kind)"
    }

    /// Nothing when that version was published meanwhile.
    static func insert(_ policy: Policy, by author: ID<Account>?) -> SQL {
        """
        INSERT INTO policy (kind, version, text, author_id, created_at)
        VALUES (\(policy.kind), \(policy.version), \(policy.text), \(author), \(policy.createdAt))
        ON CONFLICT DO NOTHING RETURNING id
        """
    }

    static func accept(_ kind: PolicyKind, _ version: Int64, by account: ID<Account>, at now: Timestamp) -> SQL {
        """
        INSERT INTO policy_acceptance (account_id, kind, version, accepted_at)
        VALUES (\(account), \(kind), \(version), \(now)) ON CONFLICT DO NOTHING
        """
    }

    static func acceptances(of account: ID<Account>, in scope: Scope) -> SQL {
        """
        SELECT p.kind, p.version, p.accepted_at FROM policy_acceptance p
        WHERE p.account_id = \(account) AND \(scope.sees("p.account_id")) ORDER BY p.kind, p.version
        """
    }
}
