import Persistence

/// All SQL of what was watched.
enum HistoryQueries {
    /// A film or a sound, if who asks may see it.
    static func playable(_ publicID: String, in scope: Scope) -> SQL {
        """
        SELECT m.id, m.duration FROM media m
        WHERE m.public_id = \(publicID) AND m.kind IN ('video', 'audio') AND m.deleted_at IS NULL
            AND \(MediaQueries.mayBeSeen(in: scope))
        """
    }

    /// Nothing is kept for a profile that was removed meanwhile.
    static func keep(_ place: WatchPlace, of media: ID<Media>, _ profile: ID<ViewerProfile>, at now: Timestamp) -> SQL {
        """
        INSERT INTO watch_position (profile_id, media_id, position, is_finished, watched_at)
        SELECT p.id, m.id, \(place.position.inMilliseconds), \(place.isFinished), \(now)
        FROM profile p JOIN media m ON m.id = \(media) WHERE p.id = \(profile)
        ON CONFLICT (profile_id, media_id) DO UPDATE SET position = excluded.position,
            is_finished = excluded.is_finished, watched_at = excluded.watched_at
        """
    }

    static func place(in publicID: String, of profile: ID<ViewerProfile>) -> SQL {
        """
        SELECT w.position, w.is_finished FROM media m
        JOIN watch_position w ON w.media_id = m.id AND w.profile_id = \(profile)
        WHERE m.public_id = \(publicID)
        """
    }

    static func unfinished(of profile: ID<ViewerProfile>, limit: Int, in scope: Scope) -> SQL {
        """
        SELECT \(LibraryItem.columns), w.position FROM watch_position w JOIN media m ON m.id = w.media_id
        WHERE w.profile_id = \(profile) AND w.is_finished = 0
            AND w.position >= \(WatchHistory.beginning.inMilliseconds) AND m.deleted_at IS NULL
            AND \(MediaQueries.mayBeSeen(in: scope))
        ORDER BY w.watched_at DESC, w.media_id DESC LIMIT \(limit)
        """
    }

    static func count(of profile: ID<ViewerProfile>, _ account: ID<Account>) -> SQL {
        """
        SELECT COUNT(*) FROM watch_position w JOIN profile p ON p.id = w.profile_id
        WHERE w.profile_id = \(profile) AND p.account_id = \(account)
        """
    }
}
