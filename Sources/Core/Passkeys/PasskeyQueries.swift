import Persistence

/// All SQL of passkeys and their challenges.
enum PasskeyQueries {
    /// - Parameter account: nil where nobody knows yet who signs in.
    static func insertChallenge(_ hash: [UInt8], for account: ID<Account>?, until: Timestamp) -> SQL {
        """
        INSERT INTO passkey_challenge (challenge_hash, account_id, expires_at) VALUES (\(hash), \(account), \(until))
        """
    }

    /// One row for the first who asks, none for all others.
    static func useChallenge(_ hash: [UInt8], for account: ID<Account>?, at now: Timestamp) -> SQL {
        let owner: SQL = if let account { "account_id = \(account)" } else { "account_id IS NULL" }
        return """
            DELETE FROM passkey_challenge WHERE challenge_hash = \(hash) AND \(owner) AND expires_at > \(now)
            """
    }

    static func purgeChallenges(before: Timestamp) -> SQL {
        "DELETE FROM passkey_challenge WHERE expires_at < \(before)"
    }

    static func list(of account: ID<Account>) -> SQL {
        """
        SELECT id, public_id, name, created_at, last_used_at FROM passkey
        WHERE account_id = \(account) ORDER BY id LIMIT \(Passkeys.most)
        """
    }

    static func credentials(of account: ID<Account>) -> SQL {
        "SELECT credential_id FROM passkey WHERE account_id = \(account) ORDER BY id LIMIT \(Passkeys.most)"
    }

    static func count(of account: ID<Account>) -> SQL {
        "SELECT count(*) FROM passkey WHERE account_id = \(account)"
    }

    /// No row where the key is there already, whosever it is.
    static func insert(_ draft: Passkeys.Draft, of account: ID<Account>, at now: Timestamp) -> SQL {
        """
        INSERT INTO passkey
            (public_id, account_id, credential_id, algorithm, public_key, sign_count, name, created_at)
        VALUES (\(draft.publicID), \(account), \(draft.credential.id), \(draft.credential.key.algorithm),
            \(draft.credential.key.bytes), \(draft.count), \(draft.name), \(now))
        ON CONFLICT (credential_id) DO NOTHING RETURNING id
        """
    }

    static func find(_ credential: [UInt8]) -> SQL {
        """
        SELECT p.id, p.account_id, p.algorithm, p.public_key, p.sign_count, a.public_id AS owner
        FROM passkey p JOIN account a ON a.id = p.account_id
        WHERE p.credential_id = \(credential) AND a.status = 'active'
        """
    }

    /// No row where the device counted no further than it had before: somebody may have copied it (WebAuthn §6.1.1). One
    /// that does not count says 0 for ever.
    static func use(_ id: ID<Passkey>, count: Int64, at now: Timestamp) -> SQL {
        """
        UPDATE passkey SET sign_count = \(count), last_used_at = \(now)
        WHERE id = \(id) AND (sign_count < \(count) OR (sign_count = 0 AND sign_count = \(count)))
        """
    }

    static func remove(_ publicID: String, of account: ID<Account>) -> SQL {
        "DELETE FROM passkey WHERE public_id = \(publicID) AND account_id = \(account) RETURNING id"
    }
}
