package import Integrations
package import Logging
package import Persistence

/// Looks into an uploaded file and makes what pages show of it. Every run makes everything anew and replaces what an
/// earlier one made, so it may run as often as it likes.
package struct MediaProcessing: JobHandler {
    package let kind = Processing.kind
    package let concurrency: Int
    private let database: any Database
    private let storage: any Storage
    private let decoders: Decoders
    private let effects: Effects
    private let logger: Logger

    package init(
        database: any Database,
        storage: any Storage,
        decoders: Decoders,
        effects: Effects,
        logger: Logger,
        concurrency: Int = 2
    ) {
        self.database = database
        self.storage = storage
        self.decoders = decoders
        self.effects = effects
        self.logger = logger
        self.concurrency = concurrency
    }

    package func run(_ job: RunningJob) async throws {
        guard let number = job.payload["media"].flatMap({ Int64($0) }) else {
            throw JobFailure.permanent("The job names no item.")
        }
        guard let (media, file) = try await load(ID(number)) else {
            // Removed for good in the meantime.
            return try await job.complete()
        }
        do {
            try await storage.staging.withScratch { directory in
                let result = try await look(at: media, file, in: directory, job)
                let stored = try await store(result.made, of: media)
                try await finish(job, media, file, result, stored)
            }
        } catch let failure as DecoderFailure {
            // A missing or overwhelmed decoder may be mended; until the last try that is worth waiting for.
            guard job.isLastAttempt else { throw JobFailure.temporary(failure.message) }
            var result = ProcessedMedia()
            result.problem = failure.message
            try await finish(job, media, file, result, [])
        }
    }

    private func load(_ id: ID<Media>) async throws -> (Media, MediaFile)? {
        try await database.read { db in
            guard let media = try db.first(MediaQueries.byID(id)).map(Media.init),
                let file = try db.first(MediaQueries.file(of: media)).map(MediaFile.init)
            else { return nil }
            return (media, file)
        }
    }

    private func look(
        at media: Media,
        _ file: MediaFile,
        in directory: String,
        _ job: RunningJob
    ) async throws -> ProcessedMedia {
        let result = try await storage.withLocalFile(StorageKey(file.storageKey)) { path in
            try await decoders.process(path, kind: media.kind, contentType: file.contentType, in: directory) {
                progress,
                message in try await job.report(progress: progress, message: message)
            }
        }
        if let problem = result.problem {
            logger.notice("An item cannot be previewed.", metadata: ["media": "\(media.id)", "reason": "\(problem)"])
        }
        return result
    }

    /// Moves what was made into storage, under keys that are noted first.
    private func store(_ made: [ProcessedMedia.Made], of media: Media) async throws -> [StoredRendition] {
        let keys = try made.map { _ in
            try StorageKey(mediaType: media.kind.rawValue, owner: media.owner.value, random: effects.randomBytes(16))
        }
        let now = effects.now()
        try await database.write { db in
            for key in keys { try StorageGarbage.expect(key.text, on: db, at: now) }
        }
        var stored: [StoredRendition] = []
        for (made, key) in zip(made, keys) {
            try await storage.publish(made.path, as: key)
            let bytes = try await storage.open(key).size
            stored.append(
                StoredRendition(made: made, key: key, bytes: bytes, tag: effects.randomBytes(8).hexadecimal)
            )
        }
        return stored
    }

    private func finish(
        _ job: RunningJob,
        _ media: Media,
        _ file: MediaFile,
        _ result: ProcessedMedia,
        _ stored: [StoredRendition]
    ) async throws {
        let now = effects.now()
        let metadata = try result.metadata.json
        let thumbnail = stored.first { $0.made.kind == .thumbnail }?.tag
        try await job.complete { db in
            // Removed or replaced in the meantime: what was made is garbage, and noted as such already.
            guard let current = try db.first(MediaQueries.byID(media.id)).map(Media.init),
                current.version == media.version
            else { return }
            for row in try db.rows(ProcessingQueries.renditionKeys(of: media.id)) {
                try StorageGarbage.discard(try row["storage_key"], on: db, at: now)
            }
            try db.execute(ProcessingQueries.deleteRenditions(of: media.id))
            try Films.discard(of: media.id, on: db, at: now)
            for rendition in stored {
                try StorageGarbage.adopt(rendition.key.text, on: db)
                try db.execute(ProcessingQueries.insert(rendition, of: media.id, at: now))
            }
            try db.execute(ProcessingQueries.describe(file.id, result, metadata: metadata))
            try db.execute(ProcessingQueries.describe(media.id, result, thumbnailTag: thumbnail, at: now))
            try Notify.tell(of: current, result.status, at: now, on: db)
            let isTooFine = try media.kind == .video && Self.isTooFine(result, for: media.owner, on: db)
            guard result.isToBeEncoded || isTooFine else { return }
            let request = FilmEncoding.request(
                for: media.id,
                tenant: media.tenant,
                owner: media.owner,
                onlySmaller: !result.isToBeEncoded
            )
            try db.execute(MediaQueries.setJob(try Jobs.enqueue(request, on: db, at: now), of: media.id))
        }
    }

    /// Whether a film that browsers play is finer than its owner's user type allows.
    private static func isTooFine(
        _ result: ProcessedMedia,
        for owner: ID<Account>,
        on db: any Connection
    ) throws -> Bool {
        guard result.problem == nil, let lines = PictureLines.of(result.size?.width, result.size?.height),
            let best = try UserTypes.ofAccount(owner, on: db).limits.bestHeight
        else { return false }
        return lines > best
    }
}
