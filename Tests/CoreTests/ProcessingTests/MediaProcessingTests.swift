import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Processing")
struct MediaProcessingTests {
    private func handler(_ house: MediaHouse, _ sandbox: Sandbox? = nil) async -> MediaProcessing {
        let detected = await Sandbox.detect()
        return MediaProcessing(
            database: house.database,
            storage: house.storage,
            decoders: Decoders(sandbox: sandbox ?? detected),
            effects: house.clock.effects,
            logger: house.logger
        )
    }

    /// Uploads a file as uma and runs its job.
    private func processed(_ bytes: [UInt8], _ name: String, _ house: MediaHouse) async throws -> MediaDetails {
        let id = try await house.upload(bytes, as: name, by: house.cast.uma)
        #expect(try await house.run(handler(house)) == 1)
        return try await house.items.find(id, in: house.cast.uma.scope)
    }

    private func isJPEG(_ asset: MediaAsset, _ details: MediaDetails, _ house: MediaHouse) async throws -> Bool {
        let bytes = try await house.bytes(asset, of: details.media.publicID, for: house.cast.uma)
        return bytes.starts(with: [0xFF, 0xD8, 0xFF])
    }

    @Test("A film that browsers play is served as it is, with pictures", arguments: Engine.available)
    func film(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let film = try Sample.film()
            let details = try await processed(film, "a.mp4", house)
            #expect(details.media.status == .ready && details.media.problem == nil)
            #expect(details.media.width == 320 && details.media.height == 240)
            #expect(abs((details.media.duration ?? .zero).inMilliseconds - 2000) < 100)
            #expect(details.file.isWebReady && details.rendition(.playback) == nil)
            #expect(details.assets == [.original, .playback, .thumbnail, .poster])
            #expect(try await house.bytes(.playback, of: details.media.publicID, for: house.cast.uma) == film)
            #expect(try await isJPEG(.thumbnail, details, house))
            #expect(try await isJPEG(.poster, details, house))
            let thumbnail = try #require(details.rendition(.thumbnail))
            #expect(thumbnail.width == 300 && thumbnail.tag == details.media.thumbnailTag)
            #expect(details.file.metadata?.contains("\"codec\":\"h264\"") == true)
        }
    }

    @Test("A film that no browser plays is encoded, one in another box is copied", arguments: [Engine.sqlite])
    func converted(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            for (bytes, name) in [(try Sample.oldFilm(), "a.avi"), (try Sample.matroska(), "a.mkv")] {
                var details = try await processed(bytes, name, house)
                #expect(details.media.status == (name == "a.avi" ? .processing : .ready))
                #expect(try await house.run(house.encoding()) == (name == "a.avi" ? 1 : 0))
                details = try await house.items.find(details.media.publicID, in: house.cast.uma.scope)
                #expect(details.media.status == .ready && !details.file.isWebReady)
                let served = try await house.items.open(
                    .playback,
                    of: details.media.publicID,
                    in: house.cast.uma.scope
                )
                #expect(served.contentType == "video/mp4" && served.filename == "a.mp4" && !served.isAttachment)
                #expect(served.etag == details.rendition(.playback)?.tag)
                #expect(served.file.size > 1000)
            }
        }
    }

    @Test("A song shows the shape of its sound", arguments: [Engine.sqlite])
    func song(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let details = try await processed(try Sample.song(), "a.mp3", house)
            #expect(details.media.status == .ready && details.file.isWebReady)
            #expect(details.assets == [.original, .playback, .thumbnail])
            #expect(try await isJPEG(.thumbnail, details, house))
        }
    }

    @Test("A photograph stands upright and is shown without what the camera wrote", arguments: [Engine.sqlite])
    func photo(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let details = try await processed(try Sample.turnedPhoto(), "a.jpg", house)
            #expect(details.media.status == .ready)
            #expect(details.media.width == 400 && details.media.height == 600)
            let thumbnail = try #require(details.rendition(.thumbnail))
            #expect(thumbnail.width == 200 && thumbnail.height == 300)
            let display = try await house.bytes(.display, of: details.media.publicID, for: house.cast.uma)
            #expect(!display.contains(sequence: Array("Exif".utf8)))
        }
    }

    @Test("A PDF shows its first page; a text is kept and has nothing to show", arguments: [Engine.sqlite])
    func documents(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let pdf = try await processed(Sample.page, "a.pdf", house)
            #expect(pdf.media.status == .ready && pdf.file.metadata == "{\"pages\":1}")
            #expect(pdf.assets == [.original, .display, .thumbnail, .poster])
            let served = try await house.items.open(.display, of: pdf.media.publicID, in: house.cast.uma.scope)
            #expect(served.contentType == "application/pdf" && !served.isAttachment)
            let plain = try await processed(text(100), "a.txt", house)
            #expect(plain.media.status == .ready && plain.assets == [.original])
        }
    }

    @Test("What no decoder takes is kept, said to be so, and can be tried again", arguments: Engine.available)
    func broken(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let film = try Sample.film()
            let cut = Array(film.prefix(60)) + [UInt8](repeating: 7, count: 3000)
            let details = try await processed(cut, "a.mp4", house)
            #expect(details.media.status == .failed && details.media.problem?.isEmpty == false)
            #expect(details.assets == [.original])
            let status = try await house.items.statuses([details.media.publicID], in: house.cast.uma.scope)
            #expect(status.first?.message == details.media.problem)

            try await house.items.process(details.media.publicID, in: house.cast.uma.scope)
            let again = try await house.items.find(details.media.publicID, in: house.cast.uma.scope)
            #expect(again.media.status == .processing && again.media.problem == nil)
            #expect(try await house.run(handler(house)) == 1)
        }
    }

    @Test("A second run replaces what the first one made, and the old files go", arguments: Engine.available)
    func idempotent(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let first = try await processed(try Sample.turnedPhoto(), "a.jpg", house)
            try await house.items.process(first.media.publicID, in: house.cast.uma.scope)
            #expect(try await house.run(handler(house)) == 1)
            let second = try await house.items.find(first.media.publicID, in: house.cast.uma.scope)
            #expect(second.renditions.count == first.renditions.count)
            #expect(second.media.thumbnailTag != first.media.thumbnailTag)
            try await house.runNow(
                StorageGarbageRemoval(database: house.database, storage: house.storage, effects: house.clock.effects)
            )
            #expect(house.files.count == 3)
            #expect(try await isJPEG(.thumbnail, second, house))
        }
    }

    @Test(
        "A run that dies between files and rows leaves nothing for good, and the next one succeeds",
        arguments: Engine.available
    )
    func crash(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let id = try await house.upload(try Sample.turnedPhoto(), as: "a.jpg", by: house.cast.uma)
            let dying = await MediaProcessing(
                database: house.database,
                storage: FailingStorage(house.disk, .after),
                decoders: Decoders(sandbox: Sandbox.detect()),
                effects: house.clock.effects,
                logger: house.logger
            )
            await #expect(throws: Crash.self) { try await house.run(dying) }
            #expect(house.files.count == 2, "one picture is stored and nobody's")
            try await house.items.process(id, in: house.cast.uma.scope)
            _ = try await house.database.write { db in
                try db.execute("UPDATE job SET state = 'waiting', lease_until = NULL WHERE kind = 'media.process'")
            }
            try await house.run(handler(house))
            #expect(try await house.items.find(id, in: house.cast.uma.scope).media.status == .ready)
            house.clock.advance(by: StorageGarbage.grace + .hours(1))
            try await house.runNow(
                StorageGarbageRemoval(database: house.database, storage: house.storage, effects: house.clock.effects)
            )
            #expect(house.files.count == 3)
        }
    }

    @Test("Missing decoders are waited for, and at last the item says what is missing", arguments: [Engine.sqlite])
    func missingTools(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let id = try await house.upload(try Sample.film(), as: "a.mp4", by: house.cast.uma)
            let nothing = Sandbox(status: .limitsOnly(reason: "test"), tools: Toolbox(folders: []))
            let blind = await handler(house, nothing)
            await #expect(throws: JobFailure.self) { try await house.run(blind) }
            #expect(try await house.items.find(id, in: house.cast.uma.scope).media.status == .processing)
            _ = try await house.database.write { db in
                try db.execute("UPDATE job SET state = 'waiting', lease_until = NULL, attempt = max_attempts - 1")
            }
            try await house.run(blind)
            let media = try await house.items.find(id, in: house.cast.uma.scope).media
            #expect(media.status == .failed && media.problem?.contains("not installed") == true)
        }
    }

    @Test("An item that was removed meanwhile is nobody's business any more", arguments: Engine.available)
    func removed(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let id = try await house.upload(text(10), by: house.cast.uma)
            try await house.trash.put(id, in: house.cast.uma.scope)
            try await house.trash.remove(id, in: house.cast.uma.scope)
            #expect(try await house.run(handler(house)) == 1)
            #expect(try await house.count("SELECT COUNT(*) FROM job WHERE state = 'done'") == 1)
        }
    }
}

extension [UInt8] {
    fileprivate func contains(sequence: [UInt8]) -> Bool {
        guard count >= sequence.count else { return false }
        return (0...(count - sequence.count)).contains { self[$0..<$0 + sequence.count].elementsEqual(sequence) }
    }
}
