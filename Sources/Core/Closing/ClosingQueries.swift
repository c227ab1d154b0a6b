import Persistence

/// All SQL of closed accounts.
enum ClosingQueries {
    /// - Parameter eraseAt: nil for the usual time after.
    static func insert(
        _ account: ID<Account>,
        heir: ID<Account>?,
        at now: Timestamp,
        eraseAt: Timestamp? = nil
    ) -> SQL {
        """
        INSERT INTO account_closing (account_id, closed_at, erase_at, heir_id)
        VALUES (\(account), \(now), \(eraseAt ?? now + AccountClosing.lifetime), \(heir))
        ON CONFLICT (account_id) DO UPDATE SET closed_at = excluded.closed_at, erase_at = excluded.erase_at,
            heir_id = excluded.heir_id
        """
    }

    static func find(_ account: ID<Account>) -> SQL {
        "SELECT closed_at, erase_at, heir_id, erased_at FROM account_closing WHERE account_id = \(account)"
    }

    static func delete(_ account: ID<Account>) -> SQL {
        "DELETE FROM account_closing WHERE account_id = \(account) AND erased_at IS NULL"
    }

    static func customers(of account: ID<Account>) -> SQL {
        "SELECT id FROM account WHERE parent_id = \(account) ORDER BY id"
    }

    static func due(_ now: Timestamp, limit: Int) -> SQL {
        """
        SELECT account_id FROM account_closing WHERE erased_at IS NULL AND erase_at <= \(now)
        ORDER BY erase_at, account_id LIMIT \(limit)
        """
    }

    static func setErased(_ account: ID<Account>, at now: Timestamp) -> SQL {
        "UPDATE account_closing SET erased_at = \(now) WHERE account_id = \(account) AND erased_at IS NULL"
    }

    /// What stays is a number that others' rows point to, under a name that nobody can choose.
    static func anonymise(_ account: ID<Account>) -> SQL {
        let name = "erased_\(account)_"
        let email = "\(account)@erased.invalid"
        return """
            UPDATE account SET username = \(name), username_key = \(name), email = \(email), email_key = \(email),
                last_sign_in_at = NULL, email_verified_at = NULL, display_name = NULL, language = NULL
            WHERE id = \(account)
            """
    }

    /// Every row that is about the person and about nobody else.
    static func personalRows(of account: ID<Account>) -> [SQL] {
        [
            "DELETE FROM identity WHERE account_id = \(account)",
            "DELETE FROM profile WHERE account_id = \(account)",
            "DELETE FROM provider_identity WHERE account_id = \(account)",
            "DELETE FROM provider_attempt WHERE account_id = \(account)",
            "DELETE FROM passkey WHERE account_id = \(account)",
            "DELETE FROM second_factor WHERE account_id = \(account)",
            "DELETE FROM recovery_code WHERE account_id = \(account)",
            "DELETE FROM session WHERE account_id = \(account)",
            "DELETE FROM api_token WHERE account_id = \(account)",
            "DELETE FROM known_device WHERE account_id = \(account)",
            "DELETE FROM email_link WHERE account_id = \(account)",
            "DELETE FROM account_departure WHERE account_id = \(account)",
            "DELETE FROM address_change WHERE account_id = \(account)",
            "DELETE FROM mail WHERE account_id = \(account)",
            "DELETE FROM notification WHERE account_id = \(account)",
            "DELETE FROM notification_choice WHERE account_id = \(account)",
            "DELETE FROM account_note WHERE account_id = \(account)",
            "DELETE FROM policy_acceptance WHERE account_id = \(account)",
            "DELETE FROM upload WHERE account_id = \(account) AND state NOT IN ('receiving', 'storing')",
        ] + DataExportQueries.erase(account)
    }
}
