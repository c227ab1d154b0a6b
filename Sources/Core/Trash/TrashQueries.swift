import Persistence

/// All SQL of the trash and of files that are to be removed.
enum TrashQueries {
    /// Throws `Failure.badCursor`.
    static func page(behind cursor: Cursor?, limit: Int, in scope: Scope) throws(Failure) -> SQL {
        let behind = try cursor?.behind("m.deleted_at", "m.id", .descending, key: .number)
        return """
            SELECT \(TrashItem.columns) FROM media m
            WHERE \(scope.sees("m.owner_id")) AND m.deleted_at IS NOT NULL \(behind.map { "AND " + $0 } ?? "")
            ORDER BY m.deleted_at DESC, m.id DESC LIMIT \(limit)
            """
    }

    static func find(_ publicID: String, in scope: Scope) -> SQL {
        """
        SELECT \(TrashItem.columns) FROM media m
        WHERE m.public_id = \(publicID) AND m.deleted_at IS NOT NULL AND \(scope.sees("m.owner_id"))
        """
    }

    static func setDeleted(_ id: ID<Media>, at moment: Timestamp?, now: Timestamp) -> SQL {
        "UPDATE media SET deleted_at = \(moment), updated_at = \(now) WHERE id = \(id)"
    }

    /// What has lain in the trash since before then, oldest first.
    static func due(before moment: Timestamp, limit: Int) -> SQL {
        """
        SELECT \(TrashItem.columns) FROM media m WHERE m.deleted_at IS NOT NULL AND m.deleted_at < \(moment)
        ORDER BY m.deleted_at, m.id LIMIT \(limit)
        """
    }

    /// What an owner has that is not in the trash.
    static func kept(by owner: ID<Account>, limit: Int) -> SQL {
        """
        SELECT m.id FROM media m WHERE m.owner_id = \(owner) AND m.deleted_at IS NULL
        ORDER BY m.created_at, m.id LIMIT \(limit)
        """
    }

    /// - Parameter moment: only what was deleted exactly then.
    static func deleted(by owner: ID<Account>, at moment: Timestamp?, limit: Int) -> SQL {
        let condition: SQL = moment.map { "m.deleted_at = \($0)" } ?? "m.deleted_at IS NOT NULL"
        return """
            SELECT \(TrashItem.columns) FROM media m WHERE m.owner_id = \(owner) AND \(condition)
            ORDER BY m.deleted_at, m.id LIMIT \(limit)
            """
    }

    static func storedBytes(of id: ID<Media>) -> SQL {
        "SELECT COALESCE(SUM(size), 0) FROM media_file WHERE media_id = \(id)"
    }

    /// Every file of an item becomes garbage.
    static func discardFiles(of id: ID<Media>, at now: Timestamp) -> SQL {
        """
        INSERT INTO storage_garbage (storage_key, remove_after)
        SELECT storage_key, \(now) FROM media_file WHERE media_id = \(id)
        UNION ALL SELECT storage_key, \(now) FROM rendition WHERE media_id = \(id)
        UNION ALL SELECT s.storage_key, \(now) FROM film_segment s JOIN film_rung r ON r.id = s.rung_id
            WHERE r.media_id = \(id)
        """
    }

    static func delete(_ id: ID<Media>) -> SQL {
        "DELETE FROM media WHERE id = \(id)"
    }
}
