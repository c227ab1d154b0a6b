import Persistence

/// All SQL of links in mails.
enum EmailLinkQueries {
    static func insert(_ hash: [UInt8], _ purpose: EmailLink.Purpose, of account: Account, at now: Timestamp) -> SQL {
        """
        INSERT INTO email_link (secret_hash, account_id, purpose, email_key, created_at, expires_at)
        VALUES (\(hash), \(account.id), \(purpose), \(account.email.lowercased()), \(now), \(now + purpose.lifetime))
        """
    }

    /// The account of a link that can be used: unused, in time, for the address that the account still has.
    static func open(_ hash: [UInt8], _ purpose: EmailLink.Purpose, at now: Timestamp) -> SQL {
        """
        SELECT a.id FROM email_link l JOIN account a ON a.id = l.account_id AND a.email_key = l.email_key
        WHERE l.secret_hash = \(hash) AND l.purpose = \(purpose) AND l.used_at IS NULL AND l.expires_at > \(now)
            AND a.status = 'active'
        """
    }

    /// One row for the first who asks, none for all others.
    static func use(_ hash: [UInt8], at now: Timestamp) -> SQL {
        "UPDATE email_link SET used_at = \(now) WHERE secret_hash = \(hash) AND used_at IS NULL"
    }

    /// What was sent before one of them was used is worth nothing more.
    static func endAll(_ purpose: EmailLink.Purpose, of account: ID<Account>, at now: Timestamp) -> SQL {
        """
        UPDATE email_link SET used_at = \(now)
        WHERE account_id = \(account) AND purpose = \(purpose) AND used_at IS NULL
        """
    }

    static func purge(before: Timestamp) -> SQL {
        "DELETE FROM email_link WHERE expires_at < \(before)"
    }

    static func verified(_ account: ID<Account>, at now: Timestamp) -> SQL {
        "UPDATE account SET email_verified_at = \(now) WHERE id = \(account) AND email_verified_at IS NULL"
    }

    /// An account that had no password gets one.
    static func setPassword(_ hash: String, of account: ID<Account>, at now: Timestamp) -> SQL {
        """
        INSERT INTO identity (account_id, kind, secret, created_at, changed_at)
        VALUES (\(account), 'password', \(hash), \(now), \(now))
        ON CONFLICT (account_id) WHERE kind = 'password'
        DO UPDATE SET secret = excluded.secret, changed_at = excluded.changed_at
        """
    }
}
