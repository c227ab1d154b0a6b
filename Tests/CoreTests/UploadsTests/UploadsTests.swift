import Crypto
import Foundation
import NIOCore
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Uploads")
struct UploadsTests {
    @Test(
        "A file in one piece becomes an item with its hash, a job, a trail and counted bytes",
        arguments: Engine.available
    )
    func wholeRoad(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let content = text(100_000)
            let new = NewUpload(
                filename: "C:\\fakepath\\My_notes.txt",
                length: 100_000,
                visibility: "unlisted",
                metadata: "filename YQ=="
            )
            let upload = try await uploads.create(new, in: uma.scope)
            #expect(upload.offset == 0 && upload.metadata == "filename YQ==")
            let end = try await uploads.append(to: upload.publicID, at: 0, body: Pieces([content]), in: uma.scope)
            let publicID = try #require(end.mediaPublicID)
            #expect(end.offset == 100_000)

            let details = try await house.items.find(publicID, in: uma.scope)
            #expect(details.media.title == "My notes" && details.media.visibility == .unlisted)
            #expect(details.media.status == .processing && details.media.kind == .document)
            #expect(details.file.filename == "My_notes.txt" && details.file.contentType == "text/plain")
            #expect(details.file.sha256 == Array(SHA256.hash(data: content)).hexadecimal)
            #expect(try await house.bytes(.original, of: publicID, for: uma) == content)
            #expect(try await house.storageUsed(by: uma) == 100_000)
            #expect(try await house.count("SELECT COUNT(*) FROM job WHERE kind = 'media.process'") == 1)
            #expect(try await house.count("SELECT COUNT(*) FROM audit_entry WHERE action = 'media.created'") == 1)
            #expect(house.files.count == 1, "the staged file has moved")

            let again = try await uploads.find(upload.publicID, in: uma.scope)
            #expect(again.state == .finished && again.mediaPublicID == publicID)
            let repeated = try await uploads.append(to: upload.publicID, at: 100_000, body: Pieces([]), in: uma.scope)
            #expect(repeated.mediaPublicID == publicID)
        }
    }

    @Test(
        "However a file is cut, interrupted and resumed, it arrives as it was",
        arguments: Engine.available,
        [1, 2, 3] as [UInt64]
    )
    func chunkings(engine: Engine, seed: UInt64) async throws {
        try await MediaHouse.with(engine) { house in
            var random = SeededRandom(seed: seed)
            let uma = house.cast.uma
            let size = Int.random(in: 1...900_000, using: &random)
            let content = text(size, seed: seed)
            var uploads = house.uploads()
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: Int64(size)), in: uma.scope)
            var sent = 0
            var finished: String?
            while finished == nil {
                let part = content[sent..<Int.random(in: sent...size, using: &random)]
                let pieces = stride(from: part.startIndex, to: part.endIndex, by: 30_000).map {
                    Array(part[$0..<min($0 + 30_000, part.endIndex)])
                }
                let breaks = part.endIndex < size && Bool.random(using: &random)
                do {
                    let body = Pieces(pieces, thenThrow: breaks ? ClientGone() : nil)
                    let progress = try await uploads.append(
                        to: upload.publicID,
                        at: Int64(sent),
                        body: body,
                        in: uma.scope
                    )
                    finished = progress.mediaPublicID
                } catch is ClientGone {}
                sent = Int(try await uploads.find(upload.publicID, in: uma.scope).offset)
                #expect(sent == part.endIndex, "seed \(seed): what came is kept")
                // The program is started again, and its memory of hashes is gone.
                if Bool.random(using: &random) { uploads = house.uploads() }
            }
            let details = try await house.items.find(try #require(finished), in: uma.scope)
            #expect(details.file.sha256 == Array(SHA256.hash(data: content)).hexadecimal, "seed \(seed)")
            #expect(try await house.bytes(.original, of: details.media.publicID, for: uma) == content)
        }
    }

    @Test("A wrong offset changes nothing", arguments: Engine.available)
    func wrongOffset(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 100), in: uma.scope)
            _ = try await uploads.append(to: upload.publicID, at: 0, body: Pieces([text(40)]), in: uma.scope)
            for offset: Int64 in [0, 39, 41, 100, -1, .max] {
                await #expect(throws: Failure.uploadWrongOffset) {
                    try await uploads.append(to: upload.publicID, at: offset, body: Pieces([text(60)]), in: uma.scope)
                }
            }
            #expect(try await uploads.find(upload.publicID, in: uma.scope).offset == 40)
        }
    }

    /// Without `UploadHolds.take` both would write; without the second look at the offset the later one would.
    @Test("Of two who send at one offset, one wins", arguments: Engine.available)
    func race(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 2000), in: uma.scope)
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for seed in 1...8 {
                    group.addTask {
                        let body = Pieces([text(1000, seed: UInt64(seed))])
                        do {
                            _ = try await uploads.append(to: upload.publicID, at: 0, body: body, in: uma.scope)
                            return true
                        } catch {
                            #expect((error as? Failure)?.kind == .conflict, "\(error)")
                            return false
                        }
                    }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 }.count == 1)
            #expect(try await uploads.find(upload.publicID, in: uma.scope).offset == 1000)
            let end = try await uploads.append(to: upload.publicID, at: 1000, body: Pieces([text(1000)]), in: uma.scope)
            let stored = try await house.bytes(.original, of: try #require(end.mediaPublicID), for: uma)
            #expect((1...8).contains { stored.prefix(1000) == text(1000, seed: UInt64($0))[...] })
        }
    }

    @Test(
        "More than was announced is refused: unread when the body says so, else at the announced end, where it is whole",
        arguments: Engine.available
    )
    func tooLong(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 100), in: uma.scope)
            await #expect(throws: Failure.uploadLongerThanAnnounced) {
                let body = Pieces([], thenThrow: ClientGone())
                _ = try await uploads.append(to: upload.publicID, at: 0, contentLength: 101, body: body, in: uma.scope)
            }
            await #expect(throws: Failure.uploadLongerThanAnnounced) {
                let body = Pieces([text(60), text(41)])
                _ = try await uploads.append(to: upload.publicID, at: 0, body: body, in: uma.scope)
            }
            let end = try await uploads.find(upload.publicID, in: uma.scope)
            #expect(end.offset == 100)
            let item = try #require(end.mediaPublicID)
            #expect(try await house.bytes(.original, of: item, for: uma) == text(60) + text(41).dropLast())
        }
    }

    @Test("A body that breaks behind its last byte has made its item", arguments: Engine.available)
    func brokenAtItsEnd(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 100), in: uma.scope)
            await #expect(throws: ClientGone.self) {
                let body = Pieces([text(100)], thenThrow: ClientGone())
                _ = try await uploads.append(to: upload.publicID, at: 0, body: body, in: uma.scope)
            }
            let end = try await uploads.find(upload.publicID, in: uma.scope)
            #expect(end.state == .finished)
            #expect(end.mediaPublicID != nil)
        }
    }

    @Test("A file that is not what its name says leaves no trace", arguments: Engine.available)
    func mismatch(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            for name in ["film.mp4", "song.mp3", "photo.jpg", "paper.pdf", "sheet.xlsx"] {
                let upload = try await uploads.create(NewUpload(filename: name, length: 500), in: uma.scope)
                await #expect(throws: Failure.uploadContentMismatch) {
                    try await uploads.append(to: upload.publicID, at: 0, body: Pieces([text(500)]), in: uma.scope)
                }
                await #expect(throws: Failure.notFound) { try await uploads.find(upload.publicID, in: uma.scope) }
            }
            #expect(try await house.count("SELECT COUNT(*) FROM upload") == 0)
            #expect(try await house.count("SELECT COUNT(*) FROM media") == 0)
            #expect(house.files.isEmpty)
        }
    }

    @Test("An empty text is a file, an empty film is not", arguments: Engine.available)
    func empty(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 0), in: uma.scope)
            #expect(upload.state == .finished && upload.mediaPublicID != nil)
            await #expect(throws: Failure.uploadEmpty) {
                try await uploads.create(NewUpload(filename: "a.mp4", length: 0), in: uma.scope)
            }
            #expect(try await house.count("SELECT COUNT(*) FROM upload") == 1)
        }
    }

    @Test("Uploads are their owner's alone, and ended ones are gone", arguments: Engine.available)
    func owners(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 10), in: uma.scope)
            for other in house.cast.all where other.id != uma.id {
                await #expect(throws: Failure.notFound) { try await uploads.find(upload.publicID, in: other.scope) }
                await #expect(throws: Failure.notFound) {
                    try await uploads.terminate(upload.publicID, in: other.scope)
                }
                await #expect(throws: Failure.notFound) {
                    try await uploads.append(to: upload.publicID, at: 0, body: Pieces([text(10)]), in: other.scope)
                }
            }
            await #expect(throws: Failure.notSignedIn) {
                try await uploads.find(upload.publicID, in: .visitor(tenant: .platform))
            }
            _ = try await uploads.append(to: upload.publicID, at: 0, body: Pieces([text(5)]), in: uma.scope)
            try await uploads.terminate(upload.publicID, in: uma.scope)
            await #expect(throws: Failure.uploadGone) { try await uploads.find(upload.publicID, in: uma.scope) }
            #expect(house.files.isEmpty)
        }
    }
}
