import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

/// The program dies at some moment; what is started next finds either an upload that goes on or a finished item.
@Suite("Uploads after a crash")
struct UploadRecoveryTests {
    private func expectOneItem(_ house: MediaHouse, _ content: [UInt8]) async throws {
        #expect(try await house.count("SELECT COUNT(*) FROM media") == 1)
        #expect(try await house.count("SELECT COUNT(*) FROM job WHERE kind = 'media.process'") == 1)
        #expect(try await house.storageUsed(by: house.cast.uma) == content.count)
        #expect(house.files.count == 1)
        let publicID: String? = try await house.database.read { db in try db.value("SELECT public_id FROM media") }
        #expect(try await house.bytes(.original, of: try #require(publicID), for: house.cast.uma) == content)
    }

    @Test(
        "A crash before or after the file moved is mended at the next start, once",
        arguments: Engine.available,
        [FailingStorage.Moment.before, .after]
    )
    func moving(engine: Engine, moment: FailingStorage.Moment) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let broken = house.uploads(FailingStorage(house.disk, moment))
            let content = text(5_000)
            let upload = try await broken.create(NewUpload(filename: "a.txt", length: 5_000), in: uma.scope)
            await #expect(throws: Crash.self) {
                try await broken.append(to: upload.publicID, at: 0, body: Pieces([content]), in: uma.scope)
            }
            #expect(try await house.count("SELECT COUNT(*) FROM media") == 0)
            try await house.uploads().recover()
            try await house.uploads().recover()
            try await expectOneItem(house, content)
            let found = try await house.uploads().find(upload.publicID, in: uma.scope)
            #expect(found.state == .finished && found.mediaPublicID != nil)
        }
    }

    @Test("A client that comes back to a full disk's victim gets its item", arguments: Engine.available)
    func fullDisk(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let uploads = house.uploads(FailingStorage(house.disk, .before, StorageError.full))
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 300), in: uma.scope)
            await #expect(throws: Failure.diskFull) {
                try await uploads.append(to: upload.publicID, at: 0, body: Pieces([text(300)]), in: uma.scope)
            }
            #expect(try await uploads.find(upload.publicID, in: uma.scope).offset == 300)
            let end = try await uploads.append(to: upload.publicID, at: 300, body: Pieces([]), in: uma.scope)
            #expect(end.mediaPublicID != nil)
            try await expectOneItem(house, text(300))
        }
    }

    @Test(
        "Bytes that were never acknowledged are cut off; the upload goes on from the acknowledged offset",
        arguments: Engine.available
    )
    func unacknowledged(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let content = text(1_000)
            let upload = try await house.uploads().create(NewUpload(filename: "a.txt", length: 1_000), in: uma.scope)
            _ = try await house.uploads().append(
                to: upload.publicID,
                at: 0,
                body: Pieces([Array(content[..<400])]),
                in: uma.scope
            )
            let staged = try await house.disk.staging.open(StagingID(upload.publicID))
            try await staged.append([UInt8](repeating: 0, count: 77), at: 400)
            try await staged.close()
            try await house.uploads().recover()
            #expect(try await house.disk.staging.open(StagingID(upload.publicID)).size == 400)
            let end = try await house.uploads().append(
                to: upload.publicID,
                at: 400,
                body: Pieces([Array(content[400...])]),
                in: uma.scope
            )
            #expect(end.mediaPublicID != nil)
            try await expectOneItem(house, content)
        }
    }

    @Test("An upload whose last byte was acknowledged becomes an item without its client", arguments: Engine.available)
    func lastByte(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let upload = try await house.uploads().create(NewUpload(filename: "a.txt", length: 500), in: uma.scope)
            let staged = try await house.disk.staging.create(StagingID(upload.publicID))
            try await staged.append(text(500), at: 0)
            try await staged.close()
            try await house.uploads().advance(upload.id, from: 0, to: 500)
            try await house.uploads().recover()
            try await expectOneItem(house, text(500))
        }
    }

    @Test("A disk that forgot bytes sends the client back to what is left", arguments: Engine.available)
    func lostBytes(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let upload = try await house.uploads().create(NewUpload(filename: "a.txt", length: 500), in: uma.scope)
            _ = try await house.uploads().append(to: upload.publicID, at: 0, body: Pieces([text(400)]), in: uma.scope)
            let staged = try await house.disk.staging.open(StagingID(upload.publicID))
            try await staged.truncate(to: 100)
            try await staged.close()
            await #expect(throws: Failure.uploadWrongOffset) {
                try await house.uploads().append(to: upload.publicID, at: 400, body: Pieces([text(100)]), in: uma.scope)
            }
            #expect(try await house.uploads().find(upload.publicID, in: uma.scope).offset == 100)
        }
    }

    @Test("A form's half file and files without a row are removed", arguments: Engine.available)
    func strays(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let half = try await house.uploads().insert(
                UploadDraft(filename: "a.txt", title: nil, visibility: nil, metadata: "", types: house.types.all()),
                in: uma.scope
            ) { _ in (length: nil, reserved: 10) }
            for id in [half.publicID, "straystray"] {
                let file = try await house.disk.staging.create(StagingID(id))
                try await file.append(text(10), at: 0)
                try await file.close()
            }
            // Files carry the machine's time, not the test's.
            let later = MediaHouse(
                database: house.database,
                disk: house.disk,
                storage: house.disk,
                folder: house.folder,
                clock: TestEffects(),
                cast: house.cast,
                magic: house.magic
            )
            later.clock.advance(by: (Effects.live.now() - later.clock.now) + .hours(2))
            try await later.uploads().recover()
            #expect(house.files.isEmpty)
            #expect(try await house.count("SELECT COUNT(*) FROM upload") == 0)
        }
    }

    @Test("An upload that nobody goes on with expires and gives its room back", arguments: Engine.available)
    func expiry(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uma, uploads) = (house.cast.uma, house.uploads())
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 500), in: uma.scope)
            _ = try await uploads.append(to: upload.publicID, at: 0, body: Pieces([text(400)]), in: uma.scope)
            house.clock.advance(by: .hours(71))
            try await uploads.sweep()
            #expect(try await uploads.find(upload.publicID, in: uma.scope).offset == 400)
            house.clock.advance(by: .hours(2))
            try await house.runNow(UploadSweep(uploads: uploads))
            await #expect(throws: Failure.uploadGone) { try await uploads.find(upload.publicID, in: uma.scope) }
            #expect(house.files.isEmpty)
            house.clock.advance(by: .days(8))
            try await uploads.sweep()
            await #expect(throws: Failure.notFound) { try await uploads.find(upload.publicID, in: uma.scope) }
        }
    }
}
