import Persistence

extension TestSite {
    /// What encoding leaves of a film, in one quality and, so far, one segment: the original's own bytes stand in for it.
    /// Its rung has the tag `rung-` and the item's id.
    func addFilm(to item: String) async throws {
        try await database.write { db in
            try db.execute(
                """
                INSERT INTO film_rung (media_id, tag, position, width, height, codecs, header, created_at)
                SELECT id, \("rung-\(item)"), 0, 640, 360, 'avc1.64001f', \([1, 2, 3] as [UInt8]), created_at
                FROM media WHERE public_id = \(item)
                """
            )
            try db.execute(
                """
                INSERT INTO film_segment (rung_id, number, storage_key, size, duration)
                SELECT r.id, 0, f.storage_key, f.size, 6006000
                FROM film_rung r JOIN media_file f ON f.media_id = r.media_id
                WHERE r.tag = \("rung-\(item)")
                """
            )
        }
    }
}
