import Crypto
import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

/// Chunks that are kept whole or not at all, and uploads whose length is told late.
@Suite("Chunks of uploads")
struct UploadChunkTests {
    @Test(
        "TUS-CHECKSUM-3: what was dropped is neither in the file nor in its hash",
        arguments: Engine.available,
        [300, 700_000]
    )
    func dropped(engine: Engine, size: Int) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let content = text(3 * size)
            for restarts in [false, true] {
                var uploads = house.uploads()
                let new = NewUpload(filename: "a.txt", length: Int64(content.count))
                let upload = try await uploads.create(new, in: uma.scope)
                for start in stride(from: 0, to: content.count, by: size) {
                    let chunk = UploadChunk(offset: Int64(start), isAllOrNothing: true)
                    let wrong = text(size, seed: 99)
                    await #expect(throws: ClientGone.self) {
                        let body = Pieces([Array(wrong[..<200]), Array(wrong[200...])], thenThrow: ClientGone())
                        _ = try await uploads.append(chunk, to: upload.publicID, body: body, in: uma.scope)
                    }
                    let kept = try await uploads.find(upload.publicID, in: uma.scope)
                    #expect(kept.offset == start && kept.state == .receiving)
                    let file = try await house.disk.staging.open(StagingID(upload.publicID))
                    #expect(file.size == start)
                    if restarts { uploads = house.uploads() }
                    let body = Pieces([Array(content[start..<start + size])])
                    _ = try await uploads.append(chunk, to: upload.publicID, body: body, in: uma.scope)
                }
                let item = try #require(try await uploads.find(upload.publicID, in: uma.scope).mediaPublicID)
                let details = try await house.items.find(item, in: uma.scope)
                #expect(details.file.sha256 == Array(SHA256.hash(data: content)).hexadecimal)
                #expect(try await house.bytes(.original, of: item, for: uma) == content)
            }
        }
    }

    @Test("TUS-DEFER-3: a length that is told late completes the upload", arguments: Engine.available)
    func deferred(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let content = text(900)
            let upload = try await house.uploads().create(NewUpload(filename: "a.txt", length: nil), in: uma.scope)
            #expect(upload.length == nil && upload.offset == 0)
            var media: String?
            for chunk in [
                UploadChunk(offset: 0, contentLength: 300), UploadChunk(offset: 300),
                UploadChunk(offset: 600, contentLength: 300, uploadLength: 900),
            ] {
                // Neither a restart nor its clean-up harms an upload without a length.
                let uploads = house.uploads()
                try await uploads.recover()
                let start = Int(chunk.offset)
                let body = Pieces([Array(content[start..<start + 300])])
                media = try await uploads.append(chunk, to: upload.publicID, body: body, in: uma.scope).mediaPublicID
            }
            #expect(try await house.bytes(.original, of: try #require(media), for: uma) == content)
            #expect(try await house.storageUsed(by: uma) == 900)
        }
    }

    @Test(
        "TUS-DEFER-3: a length without bytes completes what is here, even of no bytes at all",
        arguments: Engine.available
    )
    func lengthAlone(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            for size in [0, 40] {
                let upload = try await uploads.create(NewUpload(filename: "a.txt", length: nil), in: uma.scope)
                let first = UploadChunk(offset: 0, contentLength: Int64(size))
                _ = try await uploads.append(first, to: upload.publicID, body: Pieces([text(size)]), in: uma.scope)
                let last = UploadChunk(offset: Int64(size), contentLength: 0, uploadLength: Int64(size))
                let end = try await uploads.append(last, to: upload.publicID, body: Pieces([]), in: uma.scope)
                #expect(end.mediaPublicID != nil)
            }
        }
    }

    @Test(
        "TUS-DEFER-4: a length that cannot be, and another one than before, change nothing",
        arguments: Engine.available
    )
    func unfit(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: nil), in: uma.scope)
            let first = UploadChunk(offset: 0, contentLength: 100)
            _ = try await uploads.append(first, to: upload.publicID, body: Pieces([text(100)]), in: uma.scope)
            let refused: [(Int64?, Int64?, Failure)] = [
                (99, 0, .uploadLengthUnusable), (-1, 0, .uploadLengthUnusable), (150, 51, .uploadLongerThanAnnounced),
                (.max, 10, .diskFull), (nil, .max, .diskFull),
            ]
            for (length, contentLength, failure) in refused {
                let chunk = UploadChunk(offset: 100, contentLength: contentLength, uploadLength: length)
                await #expect(throws: failure) {
                    try await uploads.append(chunk, to: upload.publicID, body: Pieces([text(60)]), in: uma.scope)
                }
                #expect(try await uploads.find(upload.publicID, in: uma.scope).offset == 100)
            }
            let fixed = UploadChunk(offset: 100, contentLength: 10, uploadLength: 150)
            _ = try await uploads.append(fixed, to: upload.publicID, body: Pieces([text(10)]), in: uma.scope)
            let other = UploadChunk(offset: 110, contentLength: 10, uploadLength: 151)
            await #expect(throws: Failure.uploadLengthSettled) {
                try await uploads.append(other, to: upload.publicID, body: Pieces([text(10)]), in: uma.scope)
            }
        }
    }

    @Test(
        "An upload of unknown length obeys the limits with every chunk, and holds back what it holds",
        arguments: Engine.available
    )
    func limits(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            _ = try await house.database.write { db in
                try db.execute("UPDATE media_type SET maximum_size = 400 WHERE kind = 'document'")
                try db.execute("UPDATE user_type SET storage_bytes = 500 WHERE code = 'basic'")
            }
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: nil), in: uma.scope)
            #expect(try await uploads.room(for: "b.txt", in: uma.scope) == 400)
            let first = UploadChunk(offset: 0, contentLength: 300)
            _ = try await uploads.append(first, to: upload.publicID, body: Pieces([text(300)]), in: uma.scope)
            #expect(try await uploads.room(for: "b.txt", in: uma.scope) == 200)
            for chunk in [
                UploadChunk(offset: 300, contentLength: 101),
                UploadChunk(offset: 300, contentLength: 10, uploadLength: 401),
            ] {
                await #expect(throws: Failure.uploadOverLimit) {
                    let body = Pieces([], thenThrow: ClientGone())
                    _ = try await uploads.append(chunk, to: upload.publicID, body: body, in: uma.scope)
                }
            }
            // A body of unknown length ends where the room does.
            await #expect(throws: Failure.uploadLongerThanAnnounced) {
                let body = Pieces([text(200)])
                _ = try await uploads.append(UploadChunk(offset: 300), to: upload.publicID, body: body, in: uma.scope)
            }
            #expect(try await uploads.find(upload.publicID, in: uma.scope).offset == 400)
            try await uploads.terminate(upload.publicID, in: uma.scope)
            #expect(try await uploads.room(for: "b.txt", in: uma.scope) == 400)
        }
    }

    @Test(
        "TUS-EXPIRE-1 TUS-EXPIRE-2: each chunk moves the end, after which the upload is gone",
        arguments: Engine.available
    )
    func expires(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 100), in: uma.scope)
            #expect(upload.expiresAt == house.clock.now + Uploads.lifetime)
            house.clock.advance(by: .hours(71))
            let next = try await uploads.append(to: upload.publicID, at: 0, body: Pieces([text(10)]), in: uma.scope)
            #expect(next.expiresAt == house.clock.now + Uploads.lifetime)
            house.clock.advance(by: .hours(73))
            await #expect(throws: Failure.uploadGone) { try await uploads.find(upload.publicID, in: uma.scope) }
            await #expect(throws: Failure.uploadGone) {
                try await uploads.append(to: upload.publicID, at: 10, body: Pieces([text(90)]), in: uma.scope)
            }
        }
    }
}
