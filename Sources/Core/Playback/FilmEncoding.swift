package import Integrations
package import Logging
package import Persistence

/// Encodes films that browsers do not play, rung by rung. Each segment is stored and entered as soon as it is whole: it
/// can be watched from then on, and whoever takes up the work of a worker that died goes on behind it.
package struct FilmEncoding: JobHandler {
    static let work: JobKind = "media.encode"

    package let kind = FilmEncoding.work
    let database: any Database
    let storage: any Storage
    let decoders: Decoders
    let effects: Effects
    let logger: Logger

    package init(
        database: any Database,
        storage: any Storage,
        decoders: Decoders,
        effects: Effects,
        logger: Logger
    ) {
        self.database = database
        self.storage = storage
        self.decoders = decoders
        self.effects = effects
        self.logger = logger
    }

    /// Many attempts, as a worker that dies uses one up though it has done a part of the work.
    /// - Parameter onlySmaller: browsers play the film as it is, and what is wanted is something smaller for those who may
    ///   not play it so.
    static func request(
        for media: ID<Media>,
        tenant: ID<Tenant>,
        owner: ID<Account>,
        onlySmaller: Bool = false
    ) -> JobRequest {
        JobRequest(
            kind: work,
            payload: ["media": String(media.value)].merging(onlySmaller ? ["smaller": "yes"] : [:]) { $1 },
            tenant: tenant,
            owner: owner,
            uniqueKey: "media.encode:\(media)",
            maxAttempts: 100
        )
    }

    package func run(_ job: RunningJob) async throws {
        guard let number = job.payload["media"].flatMap({ Int64($0) }) else {
            throw JobFailure.permanent("The job names no item.")
        }
        let found = try await database.read { db -> (Media, MediaFile)? in
            guard let media = try db.first(MediaQueries.byID(ID(number))).map(Media.init),
                let file = try db.first(MediaQueries.file(of: media)).map(MediaFile.init)
            else { return nil }
            return (media, file)
        }
        guard let (media, file) = found else { return try await job.complete() }
        do {
            try await storage.withLocalFile(StorageKey(file.storageKey)) { path in
                try await encode(path, of: media, job)
            }
            let now = effects.now()
            try await job.complete { db in
                try Films.setPlayable(media, at: now, on: db)
                try db.execute(FilmQueries.measure(media.id))
            }
        } catch let failure as DecoderFailure {
            // A missing or overwhelmed encoder may be mended; four tries are worth that.
            guard failure.isFinal || job.attempt >= 4 else { throw JobFailure.temporary(failure.message) }
            try await giveUp(media, because: failure.message, job)
        }
    }

    private func encode(_ path: String, of media: Media, _ job: RunningJob) async throws {
        let probe = try await decoders.ffmpeg.probe(path)
        guard let video = probe.video else { return }
        let whole = PictureLines.of(video.displaySize?.width, video.displaySize?.height) ?? .max
        let ladder = Rung.ladder(for: video).filter { rung in
            !job.isForSmaller || min(rung.size.width, rung.size.height) < whole
        }
        for (position, rung) in ladder.enumerated() {
            let work = RungWork(encoding: self, media: media, rung: rung, position: position, job: job)
            try await work.encode(path, probe, of: ladder.count)
            if position == 0 { try await work.storeProgressive() }
        }
    }

    /// What cannot be encoded to its end is not shown in part: nobody would know that the rest is missing.
    private func giveUp(_ media: Media, because problem: String, _ job: RunningJob) async throws {
        logger.notice("A film cannot be encoded.", metadata: ["media": "\(media.id)", "reason": "\(problem)"])
        let now = effects.now()
        try await job.complete { db in
            guard let media = try db.first(MediaQueries.byID(media.id)).map(Media.init) else { return }
            try Films.discard(of: media.id, on: db, at: now)
            guard !job.isForSmaller else { return }
            try db.execute(FilmQueries.setUnplayable(media.id, because: problem, at: now))
            try Notify.tell(of: media, .failed, at: now, on: db)
        }
    }
}

extension RunningJob {
    /// Whether the film can be played as it is.
    fileprivate var isForSmaller: Bool { payload["smaller"] != nil }
}
