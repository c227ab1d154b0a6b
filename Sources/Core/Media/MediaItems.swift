package import Integrations
package import Persistence

/// Single items: look at them, describe them, hand out their bytes.
package struct MediaItems: Sendable {
    private let database: any Database
    private let storage: any Storage
    private let effects: Effects
    private let recent: RecentReads<MediaLocation.Question, MediaLocation>

    package init(database: any Database, storage: any Storage, effects: Effects) {
        self.database = database
        self.storage = storage
        self.effects = effects
        recent = RecentReads(of: database)
    }

    /// An item with its files.
    /// - Throws: `Failure.notFound` when there is none, it is in the trash, or who asks may not see it.
    package func find(_ publicID: String, in scope: Scope) async throws -> MediaDetails {
        try await database.read { db in try Self.details(publicID, in: scope, on: db) }
    }

    /// Changes title, description, visibility and age rating.
    /// - Throws: `Failure.notFound`; `Failure.forbidden` or `.notSignedIn` for an item that one may see but not change.
    @discardableResult
    package func edit(_ publicID: String, _ changes: MediaChanges, in scope: Scope) async throws -> Media {
        let now = effects.now()
        return try await database.write { db in
            let media = try Self.managed(publicID, in: scope, on: db)
            let changed = changes.differences(from: media)
            guard !changed.isEmpty else { return media }
            if changes.visibility != media.visibility { try scope.checkMayShare(changes.visibility) }
            try db.execute(MediaQueries.change(media.id, changes, at: now))
            try Library.index(
                media.id,
                title: changes.title,
                owner: media.owner,
                tenant: media.tenant,
                visibility: changes.visibility,
                on: db
            )
            try Audit.record(
                AuditEvent("media.edited", .media(media.id), details: changed),
                in: scope,
                at: now,
                on: db
            )
            return try Self.managed(publicID, in: scope, on: db)
        }
    }

    /// Processes an item anew, for one whose previews could not be made or are out of date.
    /// - Throws: as `edit` does.
    package func process(_ publicID: String, in scope: Scope) async throws {
        let now = effects.now()
        try await database.write { db in
            let media = try Self.managed(publicID, in: scope, on: db)
            let request = Processing.request(for: media.id, tenant: media.tenant, owner: media.owner)
            let job = try Jobs.enqueue(request, on: db, at: now)
            try db.execute(ProcessingQueries.begin(media.id, job: job, at: now))
            try Audit.record(AuditEvent("media.reprocessed", .media(media.id)), in: scope, at: now, on: db)
        }
    }

    /// Opens the bytes of one of an item's files.
    /// - Throws: `Failure.notFound` as `find` does; `Failure.mediaNotReady` when the item has no such file (yet);
    ///   `Failure.tooFine` for a film in a better quality than the user type allows;
    ///   `Failure.forbidden` or `.notSignedIn` for an original that one may look at but not take away.
    package func open(_ asset: MediaAsset, of publicID: String, in scope: Scope) async throws -> ServedFile {
        let question = MediaLocation.Question(publicID: publicID, asset: asset, sight: scope.sight)
        let location = try await recent.found(for: question) {
            let details = try await find(publicID, in: scope)
            if asset == .playback, details.isTooFine { throw Failure.tooFine }
            if asset == .original, !details.mayManage, !scope.mayPlay(details.media) { throw Failure.tooFine }
            return try details.location(of: asset)
        }
        guard let location else { throw Failure.mediaNotReady }
        if asset == .original, !location.isManaged { try scope.require(.download) }
        do {
            return ServedFile(file: try await storage.open(location.key), location)
        } catch StorageError.notFound {
            // Processed again meanwhile, it lies elsewhere. Missing there too is a fault of ours, not a wrong address.
            guard let now = try await find(publicID, in: scope).location(of: asset) else { throw Failure.mediaNotReady }
            return ServedFile(file: try await storage.open(now.key), now)
        }
    }

    /// How far items are; those that one may not see are left out. At most a hundred.
    package func statuses(_ publicIDs: [String], in scope: Scope) async throws -> [MediaStatus] {
        let asked = Array(publicIDs.prefix(100))
        return try await database.read { db in
            let rows = try db.rows(MediaQueries.statuses(asked, in: scope))
            let jobs = try Jobs.load(rows.compactMap { try $0.optional("job_id") }, on: db)
            return try rows.map { row in
                let job = try row.optional("job_id", as: ID<Job>.self).flatMap { jobs[$0] }
                let status: Media.Status = try row["status"]
                // A film is ready as soon as its beginning is, and worked on until its end.
                let isWorkedOn = status == .processing || (status == .ready && job?.state == .running)
                return MediaStatus(
                    publicID: try row["public_id"],
                    status: status,
                    progress: isWorkedOn ? job?.progress : nil,
                    message: isWorkedOn ? job?.message : try row.optional("problem"),
                    thumbnailTag: try row.optional("thumbnail_tag")
                )
            }
        }
    }

    private static func details(_ publicID: String, in scope: Scope, on db: any Connection) throws -> MediaDetails {
        guard let row = try db.first(MediaQueries.visible(publicID, in: scope)) else { throw Failure.notFound }
        let media = try Media(row)
        let mayManage = try row["may_manage"] && !scope.isLimited
        guard let file = try db.first(MediaQueries.file(of: media)) else {
            throw RowError("an item has no file of its version")
        }
        return MediaDetails(
            media: media,
            file: try MediaFile(file),
            renditions: try db.all(MediaQueries.renditions(of: media.id), as: Rendition.init),
            film: try MediaDetails.Film(db.rows(FilmQueries.playable(of: media.id, in: scope))),
            mayManage: mayManage,
            mayDownload: mayManage || (scope.may(.download) && scope.mayPlay(media)),
            bestHeight: scope.limits.bestHeight
        )
    }

    /// The item, if who asks may change it.
    static func managed(_ publicID: String, in scope: Scope, on db: any Connection) throws -> Media {
        guard let row = try db.first(MediaQueries.visible(publicID, in: scope)) else { throw Failure.notFound }
        guard try row["may_manage"] as Bool else {
            throw scope.actor == .visitor ? Failure.notSignedIn : Failure.forbidden
        }
        guard !scope.isLimited else { throw Failure.onlyWatching }
        return try Media(row)
    }
}

extension MediaChanges {
    /// What is new, for the audit trail.
    fileprivate func differences(from media: Media) -> [String: String] {
        var changed: [String: String] = [:]
        if title != media.title { changed["title"] = title }
        if description != media.description { changed["description"] = "changed" }
        if visibility != media.visibility { changed["visibility"] = visibility.rawValue }
        if ageRating != media.ageRating { changed["age_rating"] = ageRating.map { "\($0.rawValue)" } ?? "" }
        return changed
    }
}
