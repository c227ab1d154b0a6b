import Persistence

/// All SQL of changes of address.
enum AddressChangeQueries {
    static func insert(_ email: EmailAddress, of account: Account, at now: Timestamp) -> SQL {
        """
        INSERT INTO address_change (tenant_id, account_id, old_email, old_email_key, new_email, asked_at, ends_at)
        VALUES (\(account.tenant), \(account.id), \(account.email), \(account.email.lowercased()), \(email.text),
            \(now), \(now + AddressChange.confirmable))
        RETURNING id
        """
    }

    static func find(_ id: ID<AddressChange>) -> SQL {
        "SELECT \(AddressChange.columns) FROM address_change c WHERE c.id = \(id)"
    }

    /// What waits for its link to be opened.
    static func asked(of account: ID<Account>, at now: Timestamp) -> SQL {
        """
        SELECT \(AddressChange.columns) FROM address_change c
        WHERE c.account_id = \(account) AND c.is_done = 0 AND c.ends_at > \(now)
        """
    }

    static func dropAsked(of account: ID<Account>) -> SQL {
        "DELETE FROM address_change WHERE account_id = \(account) AND is_done = 0"
    }

    static func insertLink(_ hash: [UInt8], _ purpose: AddressChange.Purpose, to change: ID<AddressChange>) -> SQL {
        "INSERT INTO address_link (secret_hash, change_id, purpose) VALUES (\(hash), \(change), \(purpose))"
    }

    /// The change that a link can still do something about: what is done cannot be confirmed again.
    static func open(_ hash: [UInt8], _ purpose: AddressChange.Purpose, at now: Timestamp) -> SQL {
        """
        SELECT \(AddressChange.columns) FROM address_link l JOIN address_change c ON c.id = l.change_id
        WHERE l.secret_hash = \(hash) AND l.purpose = \(purpose) AND c.ends_at > \(now)
            AND (c.is_done = 0 OR l.purpose = \(AddressChange.Purpose.revert))
        """
    }

    /// One row for the first who asks, none for all others.
    static func finish(_ change: ID<AddressChange>, at now: Timestamp) -> SQL {
        """
        UPDATE address_change SET is_done = 1, ends_at = \(now + AddressChange.revertible)
        WHERE id = \(change) AND is_done = 0
        """
    }

    /// A change and all that came after it: whoever took the account must not take it again by a later link.
    static func forget(_ change: AddressChange) -> SQL {
        "DELETE FROM address_change WHERE account_id = \(change.account) AND id >= \(change.id)"
    }

    /// Who gave an address up lately can have it back: until then it is nobody else's.
    static func isKept(_ emailKey: String, in tenant: ID<Tenant>, besides account: ID<Account>?) -> SQL {
        """
        SELECT 1 FROM address_change
        WHERE tenant_id = \(tenant) AND old_email_key = \(emailKey) AND is_done = 1
            AND account_id <> \(account ?? ID(0)) LIMIT 1
        """
    }

    static func purge(before: Timestamp) -> SQL {
        "DELETE FROM address_change WHERE ends_at <= \(before)"
    }

    /// What somebody who should not have been there may have put in place since then.
    static func forgetProofs(of account: ID<Account>, since: Timestamp) -> [SQL] {
        [
            "DELETE FROM identity WHERE account_id = \(account) AND kind = 'password'",
            "DELETE FROM passkey WHERE account_id = \(account) AND created_at >= \(since)",
            """
            DELETE FROM recovery_code WHERE account_id = \(account) AND EXISTS (
                SELECT 1 FROM second_factor f WHERE f.account_id = \(account) AND f.created_at >= \(since))
            """,
            "DELETE FROM second_factor WHERE account_id = \(account) AND created_at >= \(since)",
        ]
    }
}
