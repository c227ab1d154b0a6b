import Foundation
import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Films that are encoded piece by piece")
struct FilmEncodingTests {
    /// MPEG-4 Part 2, which no browser plays.
    private func oldFilm(_ seconds: Int, _ size: String = "320x240") throws -> [UInt8] {
        try Sample.made(
            [
                "-f", "lavfi", "-i", "testsrc2=s=\(size):r=10:d=\(seconds)", "-f", "lavfi", "-i",
                "sine=f=440:d=\(seconds)", "-c:v", "mpeg4", "-q:v", "12", "-c:a", "libmp3lame",
            ],
            "a.avi"
        )
    }

    private func processing(_ house: MediaHouse) async -> MediaProcessing {
        MediaProcessing(
            database: house.database,
            storage: house.storage,
            decoders: Decoders(sandbox: await Sandbox.detect()),
            effects: house.clock.effects,
            logger: house.logger
        )
    }

    private func uploaded(_ bytes: [UInt8], _ name: String, _ house: MediaHouse) async throws -> String {
        let id = try await house.upload(bytes, as: name, by: house.cast.uma)
        try await house.run(processing(house))
        return id
    }

    private func wake(_ house: MediaHouse) async throws {
        _ = try await house.database.write { db in
            try db.execute("UPDATE job SET state = 'waiting', lease_until = NULL WHERE kind = 'media.encode'")
        }
    }

    private func keys(_ house: MediaHouse) async throws -> [String] {
        try await house.database.read { db in
            try db.all("SELECT storage_key FROM film_segment ORDER BY rung_id, number") { try $0["storage_key"] }
        }
    }

    @Test("A film is there in qualities up to its own, each whole and none larger", arguments: Engine.available)
    func ladder(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let id = try await uploaded(try oldFilm(14, "960x540"), "a.avi", house)
            #expect(try await house.run(house.encoding()) == 1)
            let rungs = try await house.films.rungs(of: id, in: house.cast.uma.scope)
            #expect(rungs.map(\.height) == [540, 360])
            #expect(rungs.map(\.width) == [960, 640])
            for rung in rungs {
                #expect(rung.isWhole && rung.segments.count == 3)
                #expect(abs(rung.duration / .seconds(1) - 14) < 0.3)
                #expect(rung.codecs.hasPrefix("avc1.64") && rung.codecs.hasSuffix(",mp4a.40.2"))
            }
            let details = try await house.items.find(id, in: house.cast.uma.scope)
            #expect(details.media.status == .ready)
            #expect(details.rendition(.playback)?.height == 540, "players that know nothing but files get one")
        }
    }

    @Test("H.264 is never encoded again: not in its own box, not in another", arguments: [Engine.sqlite])
    func neverAgain(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            for (bytes, name) in [(try Sample.film(), "a.mp4"), (try Sample.matroska(), "a.mkv")] {
                let id = try await uploaded(bytes, name, house)
                #expect(try await house.run(house.encoding()) == 0)
                #expect(try await house.items.find(id, in: house.cast.uma.scope).media.status == .ready)
                await #expect(throws: Failure.notFound) {
                    try await house.films.rungs(of: id, in: house.cast.uma.scope)
                }
            }
        }
    }

    @Test(
        "A run that dies at a segment leaves those before it; the next goes on there and ends the same film",
        arguments: Engine.available
    )
    func crash(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let id = try await uploaded(try oldFilm(25), "a.avi", house)
            var before: [String] = []
            // Each run stores one segment more than the last and dies with the next one's bytes stored and nobody's.
            for run in 1...3 {
                let dying = await house.encoding(DyingStorage(house.disk, after: 2))
                await #expect(throws: Crash.self) { try await house.run(dying) }
                let now = try await keys(house)
                #expect(now.count == run && now.starts(with: before))
                before = now
                #expect(try await house.items.find(id, in: house.cast.uma.scope).media.status == .ready)
                let rung = try #require(try await house.films.rungs(of: id, in: house.cast.uma.scope).first)
                #expect(!rung.isWhole, "it can be watched as far as it is")
                try await wake(house)
            }
            #expect(try await house.run(house.encoding()) == 1)
            let all = try await keys(house)
            #expect(all.starts(with: before) && all.count == 5)
            let lost = try await house.count("SELECT COUNT(*) FROM storage_garbage")
            #expect(lost == 3, "one segment was done twice for each death, and is known as garbage")

            let bytes = try await house.bytes(.playback, of: id, for: house.cast.uma)
            let path = "\(house.folder)/whole.mp4"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let shown = try MatrixFile.ffmpeg(
                ["-i", path, "-map", "0:v", "-fps_mode", "passthrough", "-f", "framehash", "-"],
                in: URL(fileURLWithPath: house.folder)
            )
            #expect(shown.split(separator: "\n").filter { !$0.hasPrefix("#") }.count == 250, "every picture, once")
        }
    }

    @Test("Segments are seen by those who see the film, and go with it", arguments: Engine.available)
    func sight(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let id = try await uploaded(try oldFilm(3), "a.avi", house)
            try await house.run(house.encoding())
            let rung = try #require(try await house.films.rungs(of: id, in: house.cast.uma.scope).first)
            let piece = try await house.films.segment(0, of: rung.tag, in: id, for: house.cast.sam.scope)
            #expect(piece.file.size == rung.segments.first?.size)
            await #expect(throws: Failure.notFound) {
                try await house.films.segment(0, of: rung.tag, in: id, for: house.cast.otto.scope)
            }
            await #expect(throws: Failure.notFound) {
                try await house.films.segment(1, of: rung.tag, in: id, for: house.cast.uma.scope)
            }
            try await house.trash.put(id, in: house.cast.uma.scope)
            await #expect(throws: Failure.notFound) {
                try await house.films.segment(0, of: rung.tag, in: id, for: house.cast.uma.scope)
            }
            try await house.trash.remove(id, in: house.cast.uma.scope)
            try await house.runNow(
                StorageGarbageRemoval(database: house.database, storage: house.storage, effects: house.clock.effects)
            )
            #expect(house.files.isEmpty)
        }
    }

    @Test("What turns out to be broken on the way is not shown in part", arguments: [Engine.sqlite])
    func broken(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let id = try await uploaded(try oldFilm(3), "a.avi", house)
            _ = try await house.database.write { db in
                try db.execute("UPDATE media_file SET storage_key = (SELECT storage_key FROM rendition LIMIT 1) || ''")
            }
            try await house.run(house.encoding())
            let media = try await house.items.find(id, in: house.cast.uma.scope).media
            #expect(media.status == .failed && media.problem?.isEmpty == false)
            #expect(try await keys(house).isEmpty)
        }
    }
}
