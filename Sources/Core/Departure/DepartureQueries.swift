import Persistence

/// All SQL of people who asked for their account to be deleted.
enum DepartureQueries {
    /// Nothing when it was asked for already.
    static func insert(_ account: ID<Account>, at now: Timestamp, until leavesAt: Timestamp) -> SQL {
        """
        INSERT INTO account_departure (account_id, asked_at, leaves_at) VALUES (\(account), \(now), \(leavesAt))
        ON CONFLICT (account_id) DO NOTHING
        """
    }

    static func leavesAt(_ account: ID<Account>) -> SQL {
        "SELECT leaves_at FROM account_departure WHERE account_id = \(account)"
    }

    static func delete(_ account: ID<Account>) -> SQL {
        "DELETE FROM account_departure WHERE account_id = \(account)"
    }

    static func due(_ now: Timestamp, limit: Int) -> SQL {
        """
        SELECT account_id FROM account_departure WHERE leaves_at <= \(now)
        ORDER BY leaves_at, account_id LIMIT \(limit)
        """
    }

    /// One row for the first who takes it up, none for whoever changed their mind.
    static func take(_ account: ID<Account>, at now: Timestamp) -> SQL {
        "DELETE FROM account_departure WHERE account_id = \(account) AND leaves_at <= \(now)"
    }
}
