import Persistence

/// All SQL of profiles.
enum ViewerProfileQueries {
    /// Of one account, the one that it begins with first.
    static func list(of account: ID<Account>) -> SQL {
        """
        SELECT \(ViewerProfile.columns) FROM profile p
        WHERE p.account_id = \(account) ORDER BY p.is_default DESC, p.id
        """
    }

    static func find(_ publicID: String, of account: ID<Account>) -> SQL {
        """
        SELECT \(ViewerProfile.columns) FROM profile p
        WHERE p.public_id = \(publicID) AND p.account_id = \(account)
        """
    }

    static func count(of account: ID<Account>) -> SQL {
        "SELECT COUNT(*) FROM profile WHERE account_id = \(account)"
    }

    /// What a session's row says of who is watching: whom it names, else whom the account begins with.
    static let ofSession: SQL = """
        profile p ON p.id = COALESCE(
            s.profile_id, (SELECT d.id FROM profile d WHERE d.account_id = a.id AND d.is_default = 1)
        )
        """

    /// Whether somebody has to say who is watching: there is a choice, or a PIN.
    static let hasToChoose: SQL = """
        CASE WHEN s.profile_id IS NULL AND EXISTS (
            SELECT 1 FROM profile o WHERE o.account_id = a.id AND (o.is_default = 0 OR o.pin IS NOT NULL)
        ) THEN 1 ELSE 0 END
        """

    static func insert(
        _ publicID: String,
        _ change: ViewerProfileChange,
        pin: String?,
        of account: ID<Account>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO profile (public_id, account_id, name, is_default, picture, colour, age_limit, pin, created_at)
        VALUES (\(publicID), \(account), \(change.name), 0, \(change.face.picture), \(change.face.colour),
            \(change.ageLimit), \(pin), \(now))
        RETURNING id
        """
    }

    static func change(_ id: ID<ViewerProfile>, _ change: ViewerProfileChange) -> SQL {
        """
        UPDATE profile SET name = \(change.name), picture = \(change.face.picture), colour = \(change.face.colour),
            age_limit = \(change.ageLimit)
        WHERE id = \(id)
        """
    }

    static func setPIN(_ id: ID<ViewerProfile>, _ pin: String?) -> SQL {
        "UPDATE profile SET pin = \(pin), wrong_pins = 0, pin_closed_until = 0 WHERE id = \(id)"
    }

    static func delete(_ id: ID<ViewerProfile>) -> SQL {
        "DELETE FROM profile WHERE id = \(id)"
    }

    /// Who comes after the one that the account begins with.
    static func heir(of account: ID<Account>, besides id: ID<ViewerProfile>) -> SQL {
        """
        SELECT id FROM profile WHERE account_id = \(account) AND id <> \(id) AND age_limit IS NULL
        ORDER BY id LIMIT 1
        """
    }

    static func setDefault(_ id: ID<ViewerProfile>) -> SQL {
        "UPDATE profile SET is_default = 1 WHERE id = \(id)"
    }

    /// Counts a guess before it is looked at, so that of many at once none is free. No row while guesses have to wait.
    static func takeGuess(_ id: ID<ViewerProfile>, at now: Timestamp) -> SQL {
        """
        UPDATE profile SET wrong_pins = wrong_pins + 1
        WHERE id = \(id) AND pin IS NOT NULL AND pin_closed_until <= \(now)
        RETURNING pin, wrong_pins
        """
    }

    static func close(_ id: ID<ViewerProfile>, until: Timestamp) -> SQL {
        "UPDATE profile SET pin_closed_until = \(until) WHERE id = \(id)"
    }

    static func closedUntil(_ id: ID<ViewerProfile>) -> SQL {
        "SELECT pin_closed_until FROM profile WHERE id = \(id) AND pin IS NOT NULL"
    }

    /// Changes nothing when the PIN was changed meanwhile.
    static func forgiveGuesses(_ id: ID<ViewerProfile>, pin: String) -> SQL {
        "UPDATE profile SET wrong_pins = 0, pin_closed_until = 0 WHERE id = \(id) AND pin = \(pin)"
    }

    static func choose(_ profile: ID<ViewerProfile>, for session: ID<Session>, of account: ID<Account>) -> SQL {
        """
        UPDATE session SET profile_id = \(profile)
        WHERE id = \(session) AND account_id = \(account)
            AND EXISTS (SELECT 1 FROM profile p WHERE p.id = \(profile) AND p.account_id = \(account))
        """
    }

    /// The browsers in which somebody watches under a profile.
    static func endSessions(under profile: ID<ViewerProfile>, except kept: ID<Session>) -> SQL {
        "DELETE FROM session WHERE profile_id = \(profile) AND id <> \(kept)"
    }
}
