import Foundation
import Integrations
import Logging
import NIOCore
import Persistence
import TestSupport

@testable import Core

/// All that the tests of media need: the cast, a disk of their own, and the operations on a fresh database.
struct MediaHouse: Sendable {
    let database: any Database
    let disk: LocalDisk
    let storage: any Storage
    let folder: String
    let clock: TestEffects
    let cast: Cast
    let magic: Magic
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    var types: MediaTypes { MediaTypes(database: database, effects: clock.effects) }
    var items: MediaItems { MediaItems(database: database, storage: storage, effects: clock.effects) }
    var library: Library { Library(database: database) }
    var trash: Trash { Trash(database: database, effects: clock.effects) }

    var films: Films { Films(database: database, storage: storage) }

    func encoding(_ other: (any Storage)? = nil) async -> FilmEncoding {
        FilmEncoding(
            database: database,
            storage: other ?? storage,
            decoders: Decoders(sandbox: await Sandbox.detect()),
            effects: clock.effects,
            logger: logger
        )
    }

    /// A new one each time: what a restarted program would have.
    func uploads(_ other: (any Storage)? = nil, patience: Duration = .seconds(1)) -> Uploads {
        Uploads(
            database: database,
            storage: other ?? storage,
            magic: magic,
            types: types,
            effects: clock.effects,
            logger: logger,
            patience: patience
        )
    }

    static func with(_ engine: Engine, _ body: (MediaHouse) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "media-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withDatabase(engine) { database in
            let clock = TestEffects()
            let disk = try await LocalDisk(base: folder, threads: 2)
            try await body(
                MediaHouse(
                    database: database,
                    disk: disk,
                    storage: disk,
                    folder: folder,
                    clock: clock,
                    cast: Cast(on: database, effects: clock.effects),
                    magic: Magic(parallel: 1)
                )
            )
        }
    }

    /// Uploads `bytes` in one piece; answers the item's public id.
    func upload(
        _ bytes: [UInt8],
        as filename: String = "notes.txt",
        title: String? = nil,
        visibility: Media.Visibility = .private,
        by member: Cast.Member
    ) async throws -> String {
        try await uploads().storeWhole(
            filename: filename,
            title: title,
            visibility: visibility.rawValue,
            body: Pieces([bytes]),
            in: member.scope
        )
    }

    /// Runs the jobs of one handler that wait now; answers how many there were.
    @discardableResult
    func run(_ handler: any JobHandler) async throws -> Int {
        let now = clock.now
        let query = JobQueries.claim(
            kinds: [handler.kind],
            limit: 100,
            worker: "test",
            now: now,
            leaseUntil: now + .seconds(30)
        )
        let claims = try await database.write { db in try db.all(query, as: JobClaim.init) }
        for claim in claims {
            try await handler.run(
                RunningJob(claim: claim, database: database, effects: clock.effects, lease: .seconds(30))
            )
        }
        return claims.count
    }

    func runNow(_ handler: any JobHandler) async throws {
        _ = try await Jobs(database: database, effects: clock.effects).enqueue(JobRequest(kind: handler.kind))
        try await run(handler)
    }

    func count(_ query: SQL) async throws -> Int {
        try await database.read { db in try db.value(query) ?? 0 }
    }

    func storageUsed(by member: Cast.Member) async throws -> Int {
        try await count("SELECT storage_used FROM account WHERE id = \(member.id)")
    }

    /// Every file on the disk, stored or staged.
    var files: [String] {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return all.filter { path in
            var isDirectory: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isDirectory)
            return !isDirectory.boolValue
        }
    }

    func bytes(_ asset: MediaAsset, of publicID: String, for member: Cast.Member) async throws -> [UInt8] {
        let served = try await items.open(asset, of: publicID, in: member.scope)
        let handle = FileHandle(fileDescriptor: served.file.descriptor, closeOnDealloc: false)
        return Array(try handle.readToEnd() ?? Data())
    }
}

extension Uploads {
    /// A chunk of which whatever comes is kept.
    func append<Body: AsyncSequence & Sendable>(
        to publicID: String,
        at offset: Int64,
        contentLength: Int64? = nil,
        body: Body,
        in scope: Scope
    ) async throws -> UploadProgress where Body.Element == ByteBuffer {
        let chunk = UploadChunk(offset: offset, contentLength: contentLength)
        return try await append(chunk, to: publicID, body: body, in: scope)
    }
}

/// A body in pieces that may end in an error, as when a client goes away.
struct Pieces: AsyncSequence, Sendable {
    let pieces: [[UInt8]]
    let error: (any Error)?

    init(_ pieces: [[UInt8]], thenThrow error: (any Error)? = nil) {
        self.pieces = pieces
        self.error = error
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<[UInt8]>
        let error: (any Error)?

        mutating func next() async throws -> ByteBuffer? {
            if let piece = rest.popFirst() { return ByteBuffer(bytes: piece) }
            if let error { throw error }
            return nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: pieces[...], error: error) }
}

struct ClientGone: Error, Equatable {}

/// Printable text, so that it is a text file whatever its length.
func text(_ count: Int, seed: UInt64 = 7) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { index in
        index % 70 == 69 ? UInt8(ascii: "\n") : UInt8(ascii: "a") + UInt8.random(in: 0..<26, using: &random)
    }
}
