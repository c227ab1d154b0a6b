import Persistence

/// All SQL of streams.
enum StreamQueries {
    /// Held until the end of the transaction: claims of one account come one after the other.
    static func lock(_ account: ID<Account>) -> SQL {
        "SELECT a.id FROM account a WHERE a.id = \(account)\(SQL.forUpdate)"
    }

    static func own(_ viewer: StreamViewer, _ publicID: String) -> SQL {
        """
        SELECT s.seen_at, s.ended_at, s.is_taken_over FROM stream s JOIN media m ON m.id = s.media_id
        WHERE s.viewer = \(viewer.key) AND m.public_id = \(publicID)
        """
    }

    /// What an account plays, the newest first.
    static func live(of account: ID<Account>, since: Timestamp) -> SQL {
        """
        SELECT s.public_id, m.title, s.started_at, b.user_agent, t.name AS program, s.viewer, s.media_id
        FROM stream s JOIN media m ON m.id = s.media_id
            LEFT JOIN session b ON b.id = s.session_id LEFT JOIN api_token t ON t.id = s.api_token_id
        WHERE s.account_id = \(account) AND s.seen_at > \(since) AND s.ended_at IS NULL
        ORDER BY s.seen_at DESC, s.id DESC LIMIT 200
        """
    }

    /// Begins it, begins it anew, or says that it goes on.
    static func claim(
        _ media: ID<Media>,
        _ viewer: StreamViewer,
        _ publicID: String,
        since: Timestamp,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO stream (public_id, account_id, media_id, viewer, session_id, api_token_id, started_at, seen_at)
        VALUES (\(publicID), \(viewer.account), \(media), \(viewer.key), \(viewer.session), \(viewer.token),
            \(now), \(now))
        ON CONFLICT (viewer, media_id) DO UPDATE SET
            started_at = CASE WHEN stream.ended_at IS NULL AND stream.seen_at > \(since)
                THEN stream.started_at ELSE excluded.started_at END,
            seen_at = excluded.seen_at, ended_at = NULL, is_taken_over = 0
        """
    }

    static func end(_ viewer: StreamViewer, _ publicID: String, at now: Timestamp) -> SQL {
        """
        UPDATE stream SET ended_at = \(now)
        WHERE viewer = \(viewer.key) AND media_id = (SELECT m.id FROM media m WHERE m.public_id = \(publicID))
            AND ended_at IS NULL
        """
    }

    static func takeOver(_ publicID: String, of account: ID<Account>, at now: Timestamp) -> SQL {
        """
        UPDATE stream SET ended_at = COALESCE(ended_at, \(now)),
            is_taken_over = CASE WHEN ended_at IS NULL THEN 1 ELSE is_taken_over END
        WHERE public_id = \(publicID) AND account_id = \(account)
        """
    }

    static func sweep(before: Timestamp) -> SQL {
        "DELETE FROM stream WHERE seen_at < \(before)"
    }
}
