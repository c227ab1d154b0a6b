import Persistence

/// All SQL of notifications.
enum NotificationQueries {
    /// More unread ones than this are not counted one by one.
    static let mostCounted = 100

    static func insert(_ event: NotificationEvent, for account: ID<Account>, at now: Timestamp) throws -> SQL {
        let payload = try event.payload
        return """
            INSERT INTO notification (account_id, kind, payload, created_at)
            VALUES (\(account), \(event.kind), \(payload), \(now))
            RETURNING id
            """
    }

    private static let columns: SQL = "n.id, n.kind, n.payload, n.created_at, n.read_at"

    /// Newest first. Throws `Failure.badCursor`.
    static func page(of account: ID<Account>, isUnread: Bool, behind cursor: Cursor?, limit: Int) throws(Failure) -> SQL
    {
        let behind = try cursor?.behind("n.created_at", "n.id", .descending, key: .number) ?? "TRUE"
        let unread: SQL = isUnread ? " AND n.read_at IS NULL" : ""
        return """
            SELECT \(columns) FROM notification n
            WHERE n.account_id = \(account)\(unread) AND \(behind)
            ORDER BY n.created_at DESC, n.id DESC LIMIT \(limit)
            """
    }

    static func find(_ id: ID<NotificationEntry>) -> SQL {
        "SELECT \(columns) FROM notification n WHERE n.id = \(id)"
    }

    /// How many wait for the account in that column, counted up to `mostCounted`.
    static func unread(of account: SQL) -> SQL {
        """
        (SELECT count(*) FROM (
            SELECT 1 FROM notification n WHERE n.account_id = \(account) AND n.read_at IS NULL LIMIT \(mostCounted)
        ) AS waiting)
        """
    }

    static func count(_ kind: NotificationKind, of account: ID<Account>, since: Timestamp) -> SQL {
        """
        SELECT count(*) FROM notification
        WHERE account_id = \(account) AND created_at > \(since) AND kind = \(kind)
        """
    }

    static func markRead(_ id: ID<NotificationEntry>, of account: ID<Account>, at now: Timestamp) -> SQL {
        """
        UPDATE notification SET read_at = COALESCE(read_at, \(now)) WHERE id = \(id) AND account_id = \(account)
        """
    }

    static func markRead(through last: ID<NotificationEntry>, of account: ID<Account>, at now: Timestamp) -> SQL {
        """
        UPDATE notification SET read_at = \(now)
        WHERE account_id = \(account) AND read_at IS NULL AND id <= \(last)
        """
    }

    static func choice(_ kind: NotificationKind, of account: ID<Account>) -> SQL {
        "SELECT is_mailed FROM notification_choice WHERE account_id = \(account) AND kind = \(kind)"
    }

    static func choices(of account: ID<Account>) -> SQL {
        "SELECT kind, is_mailed FROM notification_choice WHERE account_id = \(account)"
    }

    static func choose(_ kind: NotificationKind, isMailed: Bool, for account: ID<Account>) -> SQL {
        """
        INSERT INTO notification_choice (account_id, kind, is_mailed) VALUES (\(account), \(kind), \(isMailed))
        ON CONFLICT (account_id, kind) DO UPDATE SET is_mailed = excluded.is_mailed
        """
    }

    static func sweep(before moment: Timestamp) -> SQL {
        "DELETE FROM notification WHERE created_at < \(moment)"
    }
}
