package import Integrations
package import Persistence

/// Encoded films as players ask for them: which qualities there are, what they consist of, and the pieces themselves.
package struct Films: Sendable {
    private struct Question: Sendable, Hashable {
        let publicID: String
        let tag: String
        let number: Int
        let sight: Scope.Sight
    }

    private let database: any Database
    private let storage: any Storage
    private let recent: RecentReads<Question, MediaLocation>

    package init(database: any Database, storage: any Storage) {
        self.database = database
        self.storage = storage
        recent = RecentReads(of: database)
    }

    /// All rungs of an item that have something to play, the one to begin with first.
    /// - Throws: `Failure.notFound` when there is none, or who asks may not see the item.
    package func rungs(of publicID: String, in scope: Scope) async throws -> [FilmRung] {
        let rungs = try await database.read { db in
            try db.rows(FilmQueries.visible(publicID, in: scope)).map { row in try FilmRung.loaded(row, on: db) }
        }
        guard !rungs.isEmpty else { throw Failure.notFound }
        return rungs
    }

    /// One rung by its tag.
    /// - Throws: as `rungs` does.
    package func rung(_ tag: String, of publicID: String, in scope: Scope) async throws -> FilmRung {
        guard let rung = try await rungs(of: publicID, in: scope).first(where: { $0.tag == tag }) else {
            throw Failure.notFound
        }
        return rung
    }

    /// Opens one segment. Every one is authorised by itself, so that a film ends soon after the right to see it does.
    /// - Throws: `Failure.notFound`.
    package func segment(
        _ number: Int,
        of tag: String,
        in publicID: String,
        for scope: Scope
    ) async throws -> ServedFile {
        let question = Question(publicID: publicID, tag: tag, number: number, sight: scope.sight)
        let location = try await recent.found(for: question) {
            try await database.read { db in
                try db.first(FilmQueries.segment(number, of: tag, in: publicID, scope)).map { row in
                    MediaLocation(
                        key: try StorageKey(try row["storage_key"]),
                        contentType: "video/mp4",
                        etag: "\(tag)-\(number)",
                        lastModified: try row["created_at"],
                        filename: "\(number).m4s",
                        isAttachment: false,
                        isManaged: false
                    )
                }
            }
        }
        guard let location else { throw Failure.notFound }
        return ServedFile(file: try await storage.open(location.key), location)
    }

    /// There is something to watch now; the first time its owner is told.
    static func setPlayable(_ media: Media, at now: Timestamp, on db: any Connection) throws {
        guard try db.execute(FilmQueries.setPlayable(media.id, at: now)) == 1 else { return }
        try Notify.tell(of: media, .ready, at: now, on: db)
    }

    /// Forgets what was encoded of an item; its files become garbage.
    static func discard(of media: ID<Media>, on db: any Connection, at now: Timestamp) throws {
        for row in try db.rows(FilmQueries.keys(of: media)) {
            try StorageGarbage.discard(try row["storage_key"], on: db, at: now)
        }
        try db.execute(FilmQueries.delete(of: media))
    }
}

extension FilmRung {
    static func loaded(_ row: Row, on db: any Connection) throws -> FilmRung {
        let segments = try db.all(FilmQueries.segments(of: try row["id"]), as: Segment.init)
        return try FilmRung(row, segments: segments)
    }
}
