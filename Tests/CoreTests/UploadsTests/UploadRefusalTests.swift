import Persistence
import TestSupport
import Testing

@testable import Core

/// Everything that is refused before the first byte, with nothing left behind.
@Suite("Refused uploads")
struct UploadRefusalTests {
    private func refused(
        _ failure: Failure,
        _ new: NewUpload,
        in scope: Scope,
        _ house: MediaHouse,
        _ comment: Comment? = nil
    ) async throws {
        await #expect(throws: failure, comment) { try await house.uploads().create(new, in: scope) }
        #expect(try await house.count("SELECT COUNT(*) FROM upload") == 0, comment)
        #expect(house.files.isEmpty, comment)
    }

    @Test("Visitors and accounts without the permission cannot upload", arguments: Engine.available)
    func permission(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let new = NewUpload(filename: "a.txt", length: 1)
            try await refused(.notSignedIn, new, in: .visitor(tenant: .platform), house)
            let bare = Scope(actor: .account(house.cast.uma.id), tenant: .platform, permissions: [.download])
            try await refused(.forbidden, new, in: bare, house)
        }
    }

    @Test("Names, titles and visibilities are checked", arguments: Engine.available)
    func fields(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let scope = house.cast.uma.scope
            for name in ["", "   ", "/", "\\", "\u{0}\u{1}"] {
                try await refused(.uploadFilenameMissing, NewUpload(filename: name, length: 1), in: scope, house)
            }
            let long = String(repeating: "ä", count: 200) + ".txt"
            try await refused(.uploadFilenameUnusable, NewUpload(filename: long, length: 1), in: scope, house)
            for name in ["a", ".txt", "a.exe", "a.txt.exe", "a.html", "a.svg", "a.m3u8", "a."] {
                try await refused(.uploadUnknownType, NewUpload(filename: name, length: 1), in: scope, house, "\(name)")
            }
            try await refused(.uploadLengthUnusable, NewUpload(filename: "a.txt", length: -1), in: scope, house)
            let heavy = NewUpload(filename: "a.txt", length: 1, metadata: String(repeating: "x", count: 9_000))
            try await refused(.uploadMetadataTooLong, heavy, in: scope, house)
            let hidden = NewUpload(filename: "a.txt", length: 1, visibility: "secret")
            try await refused(
                .invalid([.init("visibility", "Choose private, unlisted or public.")]),
                hidden,
                in: scope,
                house
            )
            // The second counts 101 letters and 202 code points, which is what the database counts.
            for title in [String(repeating: "x", count: 201), String(repeating: "e\u{301}", count: 101)] {
                try await refused(
                    .invalid([.init("title", "A title has at most 200 characters.")]),
                    NewUpload(filename: "a.txt", length: 1, title: title),
                    in: scope,
                    house
                )
            }
            let accented = String(repeating: "a", count: 170) + String(repeating: "e\u{301}", count: 27) + ".txt"
            let upload = try await house.uploads().create(NewUpload(filename: accented, length: 1), in: scope)
            #expect(upload.title.unicodeScalars.count == 200)
        }
    }

    @Test("The type's, the file's, the day's and the storage's limits hold, to the byte", arguments: Engine.available)
    func limits(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            _ = try await house.database.write { db in
                try db.execute("UPDATE media_type SET maximum_size = 400 WHERE kind = 'document'")
                try db.execute(
                    "UPDATE user_type SET storage_bytes = 1000, daily_upload_bytes = 700, file_bytes = 500 WHERE code = 'basic'"
                )
            }
            let (scope, uploads) = (house.cast.uma.scope, house.uploads())
            try await refused(.uploadOverLimit, NewUpload(filename: "a.txt", length: 401), in: scope, house)
            try await refused(.uploadOverLimit, NewUpload(filename: "a.mp4", length: 501), in: scope, house)

            // Announced bytes count at once, so that two uploads cannot share the same room.
            let first = try await uploads.create(NewUpload(filename: "a.mp4", length: 500), in: scope)
            await #expect(throws: Failure.uploadOverDailyLimit) {
                try await uploads.create(NewUpload(filename: "b.txt", length: 201), in: scope)
            }
            #expect(try await uploads.room(for: "b.txt", in: scope) == 200)
            try await uploads.terminate(first.publicID, in: scope)
            #expect(try await uploads.room(for: "b.txt", in: scope) == 400)

            _ = try await house.upload(text(400), by: house.cast.uma)
            house.clock.advance(by: .hours(25))
            _ = try await house.upload(text(400), by: house.cast.uma)
            house.clock.advance(by: .hours(25))
            await #expect(throws: Failure.uploadOverStorage) {
                try await uploads.create(NewUpload(filename: "b.txt", length: 201), in: scope)
            }
            _ = try await uploads.create(NewUpload(filename: "b.txt", length: 200), in: scope)
        }
    }

    @Test("A form's file that goes on beyond its limit leaves nothing", arguments: Engine.available)
    func form(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            _ = try await house.database.write { db in
                try db.execute("UPDATE media_type SET maximum_size = 400 WHERE kind = 'document'")
            }
            let uma = house.cast.uma
            await #expect(throws: Failure.uploadOverLimit) { try await house.upload(text(401), by: uma) }
            await #expect(throws: Failure.uploadContentMismatch) {
                try await house.upload(text(100), as: "a.pdf", by: uma)
            }
            await #expect(throws: ClientGone.self) {
                let body = Pieces([text(100)], thenThrow: ClientGone())
                _ = try await house.uploads().storeWhole(filename: "a.txt", body: body, in: uma.scope)
            }
            #expect(try await house.count("SELECT COUNT(*) FROM upload") == 0)
            #expect(house.files.isEmpty)
            _ = try await house.upload(text(400), by: uma)
        }
    }
}
