import Integrations
import Persistence

/// The work on one rung of one film, in one run of its job.
struct RungWork: Sendable {
    let encoding: FilmEncoding
    let media: Media
    let rung: Rung
    let position: Int
    let job: RunningJob

    /// Goes on behind the last segment that is stored.
    /// - Parameter count: how many rungs there are, to say how far the whole is.
    func encode(_ path: String, _ probe: MediaProbe, of count: Int) async throws {
        let known = try await stored()
        if known?.isWhole == true { return }
        let start = (known?.duration ?? .zero) / .seconds(1)
        let whole = probe.duration ?? 0
        let done = StoredCount(known)
        if let known, whole > 0, start >= whole - 0.05 { return try await finish(known.id) }
        try await encoding.storage.staging.withScratch { work in
            try await encoding.storage.staging.withScratch { taken in
                try await encoding.decoders.ffmpeg.encodeSegments(
                    of: path,
                    probe,
                    rung,
                    from: start,
                    in: work,
                    taken: taken
                ) { segment in
                    try await store(segment, done)
                } onProgress: { progress in
                    let share = whole > 0 ? min(1, (start + progress.seconds) / whole) : 0
                    try await job.report(
                        progress: whole > 0 ? (Double(position) + share) / Double(count) : nil,
                        message: "Preparing for playback"
                    )
                }
            }
        }
        guard let id = await done.rung else {
            throw DecoderFailure.unsuitable(reason: "There is nothing to see in this file.")
        }
        try await finish(id)
    }

    private func finish(_ id: ID<FilmRung>) async throws {
        try await job.keep { db in try db.execute(FilmQueries.setWhole(id)) }
    }

    private func stored() async throws -> FilmRung? {
        try await encoding.database.read { db in
            try db.first(FilmQueries.rung(position, of: media.id)).map { row in try FilmRung.loaded(row, on: db) }
        }
    }

    /// Bytes first, under a key that is noted, then the row that owns them, if the job is still this worker's.
    private func store(_ segment: FilmSegment, _ done: StoredCount) async throws {
        guard let codecs = FilmCodecs.names(in: segment.header) else {
            throw DecoderFailure.unusableResult(.ffmpeg, reason: "it wrote no H.264.")
        }
        let effects = encoding.effects
        let new = NewRung(tag: effects.randomBytes(8).hexadecimal, codecs: codecs, header: segment.header)
        let key = try await newKey()
        try await encoding.storage.publish(segment.path, as: key)
        let stored = StoredSegment(
            key: key,
            size: try await encoding.storage.open(key).size,
            microseconds: Int64((segment.duration * 1_000_000).rounded())
        )
        let (id, number) = await (done.rung, done.segments)
        let now = effects.now()
        let owner = try await job.keep { db in
            guard try db.first(MediaQueries.byID(media.id)) != nil else {
                throw JobFailure.temporary("The item was removed meanwhile.")
            }
            let id = try id ?? db.inserted(FilmQueries.insert(rung, position, of: media.id, new, at: now))
            try StorageGarbage.adopt(key.text, on: db)
            try db.execute(FilmQueries.insert(stored, number, of: id))
            try Films.setPlayable(media, at: now, on: db)
            return id
        }
        await done.add(to: owner)
    }

    /// One file of all segments, for players that know nothing but files. Nothing is encoded for it.
    func storeProgressive() async throws {
        let keys = try await encoding.database.read { db -> [String]? in
            let made = try db.all(MediaQueries.renditions(of: media.id), as: Rendition.init)
            guard !made.contains(where: { $0.kind == .playback }),
                let row = try db.first(FilmQueries.rung(position, of: media.id))
            else { return nil }
            return try db.all(FilmQueries.keys(ofRung: try row["id"])) { try $0["storage_key"] }
        }
        guard let keys, let known = try await stored() else { return }
        try await job.report(progress: nil, message: "Preparing for playback")
        try await encoding.storage.staging.withScratch { directory in
            let joined = "\(directory)/joined.mp4"
            let staging = encoding.storage.staging
            try await staging.append(known.header, toScratch: joined)
            for key in keys {
                try await staging.append(try await encoding.storage.open(StorageKey(key)), toScratch: joined)
            }
            let probe = try await encoding.decoders.ffmpeg.probe(joined)
            let copy = Conversion(to: .mp4, video: .copy, audio: probe.audio.map { _ in .copy })
            let path = try await encoding.decoders.ffmpeg.convert(joined, probe, by: copy, in: directory)
            try await enter(path)
        }
    }

    private func enter(_ path: String) async throws {
        let effects = encoding.effects
        let key = try await newKey()
        try await encoding.storage.publish(path, as: key)
        let rendition = StoredRendition(
            made: ProcessedMedia.Made(kind: .playback, path: path, contentType: "video/mp4", size: rung.size),
            key: key,
            bytes: try await encoding.storage.open(key).size,
            tag: effects.randomBytes(8).hexadecimal
        )
        let now = effects.now()
        try await job.keep { db in
            try StorageGarbage.adopt(key.text, on: db)
            try db.execute(ProcessingQueries.insert(rendition, of: media.id, at: now))
        }
    }

    private func newKey() async throws -> StorageKey {
        let effects = encoding.effects
        let key = try StorageKey(
            mediaType: media.kind.rawValue,
            owner: media.owner.value,
            random: effects.randomBytes(16)
        )
        let now = effects.now()
        try await encoding.database.write { db in try StorageGarbage.expect(key.text, on: db, at: now) }
        return key
    }
}

/// Which rung it is and how many segments it has, while more are added.
private actor StoredCount {
    private(set) var rung: ID<FilmRung>?
    private(set) var segments: Int

    init(_ known: FilmRung?) {
        rung = known?.id
        segments = known?.segments.count ?? 0
    }

    func add(to rung: ID<FilmRung>) {
        self.rung = rung
        segments += 1
    }
}
