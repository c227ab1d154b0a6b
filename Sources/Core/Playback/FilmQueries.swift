import Integrations
import Persistence

/// All SQL of encoded films.
enum FilmQueries {
    /// Rungs that have something to play, of an item that who asks may see; none finer than they may play.
    static func visible(_ publicID: String, in scope: Scope) -> SQL {
        """
        SELECT \(FilmRung.columns) FROM film_rung r JOIN media m ON m.id = r.media_id
        WHERE m.public_id = \(publicID) AND m.deleted_at IS NULL AND \(MediaQueries.mayBeSeen(in: scope))
            AND \(mayBePlayed(in: scope))
        ORDER BY r.position
        """
    }

    static func rung(_ position: Int, of media: ID<Media>) -> SQL {
        """
        SELECT \(FilmRung.columns) FROM film_rung r WHERE r.media_id = \(media) AND r.position = \(position)
        """
    }

    /// What who asks may play of an item, the rung to begin with first.
    static func playable(of media: ID<Media>, in scope: Scope) -> SQL {
        """
        SELECT r.is_whole, r.width, r.height FROM film_rung r
        WHERE r.media_id = \(media) AND \(mayBePlayed(in: scope)) ORDER BY r.position
        """
    }

    /// No finer than the user type allows. A picture that stands is as fine as it is wide.
    private static func mayBePlayed(in scope: Scope) -> SQL {
        guard let best = scope.limits.bestHeight else { return "TRUE" }
        return "(r.height <= \(best) OR r.width <= \(best))"
    }

    static func segments(of rung: ID<FilmRung>) -> SQL {
        "SELECT number, size, duration FROM film_segment WHERE rung_id = \(rung) ORDER BY number"
    }

    /// Where one segment lies, if who asks may see its film.
    static func segment(_ number: Int, of tag: String, in publicID: String, _ scope: Scope) -> SQL {
        """
        SELECT s.storage_key, r.created_at FROM film_segment s
        JOIN film_rung r ON r.id = s.rung_id JOIN media m ON m.id = r.media_id
        WHERE m.public_id = \(publicID) AND m.deleted_at IS NULL AND \(MediaQueries.mayBeSeen(in: scope))
            AND r.tag = \(tag) AND s.number = \(number) AND \(mayBePlayed(in: scope))
        """
    }

    static func insert(_ rung: Rung, _ position: Int, of media: ID<Media>, _ new: NewRung, at now: Timestamp) -> SQL {
        """
        INSERT INTO film_rung (media_id, tag, position, width, height, codecs, header, created_at)
        VALUES (\(media), \(new.tag), \(position), \(rung.size.width), \(rung.size.height), \(new.codecs),
            \(new.header), \(now))
        RETURNING id
        """
    }

    static func insert(_ segment: StoredSegment, _ number: Int, of rung: ID<FilmRung>) -> SQL {
        """
        INSERT INTO film_segment (rung_id, number, storage_key, size, duration)
        VALUES (\(rung), \(number), \(segment.key.text), \(segment.size), \(segment.microseconds))
        """
    }

    static func setWhole(_ rung: ID<FilmRung>) -> SQL {
        "UPDATE film_rung SET is_whole = 1 WHERE id = \(rung)"
    }

    static func keys(of media: ID<Media>) -> SQL {
        """
        SELECT s.storage_key FROM film_segment s JOIN film_rung r ON r.id = s.rung_id
        WHERE r.media_id = \(media)
        """
    }

    static func keys(ofRung rung: ID<FilmRung>) -> SQL {
        "SELECT storage_key FROM film_segment WHERE rung_id = \(rung) ORDER BY number"
    }

    static func delete(of media: ID<Media>) -> SQL {
        "DELETE FROM film_rung WHERE media_id = \(media)"
    }

    /// There is something to watch now.
    static func setPlayable(_ media: ID<Media>, at now: Timestamp) -> SQL {
        """
        UPDATE media SET status = 'ready', problem = NULL, updated_at = \(now)
        WHERE id = \(media) AND status = 'processing'
        """
    }

    /// The length of a film whose file does not say it.
    static func measure(_ media: ID<Media>) -> SQL {
        """
        UPDATE media SET duration = COALESCE((
            SELECT SUM(s.duration) / 1000 FROM film_segment s JOIN film_rung r ON r.id = s.rung_id
            WHERE r.media_id = \(media) AND r.position = 0
        ), 0)
        WHERE id = \(media) AND duration = 0
        """
    }

    static func setUnplayable(_ media: ID<Media>, because problem: String, at now: Timestamp) -> SQL {
        "UPDATE media SET status = 'failed', problem = \(problem), updated_at = \(now) WHERE id = \(media)"
    }
}

/// What is known of a rung once its first segment is there.
struct NewRung: Sendable {
    let tag: String
    let codecs: String
    let header: [UInt8]
}

/// A segment whose bytes are in storage and whose row is not there yet.
struct StoredSegment: Sendable {
    let key: StorageKey
    /// Bytes.
    let size: Int64
    let microseconds: Int64
}
