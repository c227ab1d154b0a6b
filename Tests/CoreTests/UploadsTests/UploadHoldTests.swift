import Crypto
import Integrations
import NIOCore
import Persistence
import TestSupport
import Testing

@testable import Core

/// Two who want one upload: one of them has it, and nobody waits for the dead.
@Suite("Who holds an upload")
struct UploadHoldTests {
    /// Sends the first bytes and then waits for more; returns once the upload is held for it and they have been taken.
    private func holder(
        of upload: Upload,
        _ uploads: Uploads,
        _ member: Cast.Member,
        chunk: UploadChunk = UploadChunk(offset: 0),
        first: [UInt8]? = nil
    ) async -> (AsyncStream<ByteBuffer>.Continuation, Task<UploadProgress, any Error>) {
        let (stream, sender) = AsyncStream.makeStream(of: ByteBuffer.self)
        let (asked, bell) = AsyncStream.makeStream(of: Void.self)
        let body = Announced(body: stream, asked: bell)
        if let first { sender.yield(ByteBuffer(bytes: first)) }
        let task = Task { try await uploads.append(chunk, to: upload.publicID, body: body, in: member.scope) }
        // A body is asked for its first piece once the upload is held for it, and for the next once that has been taken.
        var questions = first == nil ? 1 : 2
        for await _ in asked {
            questions -= 1
            if questions == 0 { break }
        }
        return (sender, task)
    }

    @Test(
        "TUS-HOLD-1: a silent sender gives way to a newcomer, and what it sent is kept",
        arguments: Engine.available
    )
    func overtaken(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(patience: .milliseconds(50)), house.cast.uma)
            let content = text(100)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 100), in: uma.scope)
            let (sender, task) = await holder(of: upload, uploads, uma, first: Array(content[..<60]))
            let found = try await uploads.findToResume(upload.publicID, in: uma.scope)
            await #expect(throws: Failure.uploadOvertaken) { try await task.value }
            #expect(found.offset == 60)
            // What arrives now arrives nowhere.
            sender.yield(ByteBuffer(repeating: 0, count: 40))
            let end = try await uploads.append(
                to: upload.publicID,
                at: 60,
                body: Pieces([Array(content[60...])]),
                in: uma.scope
            )
            let item = try #require(end.mediaPublicID)
            #expect(try await house.bytes(.original, of: item, for: uma) == content)
            let hash = try await house.items.find(item, in: uma.scope).file.sha256
            #expect(hash == Array(SHA256.hash(data: content)).hexadecimal)
        }
    }

    @Test("TUS-HOLD-1: who sends instead of asking takes over as well", arguments: Engine.available)
    func overtakenBySender(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(patience: .milliseconds(50)), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 100), in: uma.scope)
            let (_, task) = await holder(of: upload, uploads, uma)
            let end = try await uploads.append(to: upload.publicID, at: 0, body: Pieces([text(100)]), in: uma.scope)
            #expect(end.mediaPublicID != nil)
            await #expect(throws: Failure.uploadOvertaken) { try await task.value }
        }
    }

    @Test(
        "TUS-HOLD-1 TUS-CHECKSUM-6: of an overtaken chunk with a checksum nothing is kept",
        arguments: Engine.available
    )
    func overtakenWithChecksum(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(patience: .milliseconds(50)), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 100), in: uma.scope)
            let chunk = UploadChunk(offset: 0, isAllOrNothing: true)
            let (_, task) = await holder(of: upload, uploads, uma, chunk: chunk, first: text(60))
            #expect(try await uploads.findToResume(upload.publicID, in: uma.scope).offset == 0)
            await #expect(throws: Failure.uploadOvertaken) { try await task.value }
        }
    }

    @Test("A sender in another process is let be, and the newcomer told so", arguments: Engine.available)
    func otherProcess(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 100), in: uma.scope)
            let (sender, task) = await holder(of: upload, uploads, uma)
            await #expect(throws: Failure.uploadBusy) {
                try await house.uploads().append(to: upload.publicID, at: 0, body: Pieces([text(10)]), in: uma.scope)
            }
            sender.yield(ByteBuffer(bytes: text(60)))
            sender.finish()
            #expect(try await task.value.offset == 60)
        }
    }

    @Test("A sender that goes on sending keeps its upload", arguments: Engine.available)
    func lively(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            // Patience enough for the slowest machine: the newcomer comes and goes while pieces arrive.
            let (uploads, uma) = (house.uploads(patience: .seconds(2)), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 100_000), in: uma.scope)
            let (sender, task) = await holder(of: upload, uploads, uma)
            let sent = await withTaskGroup(of: Int.self) { group in
                group.addTask {
                    await #expect(throws: Failure.uploadBusy) {
                        try await uploads.append(to: upload.publicID, at: 0, body: Pieces([text(10)]), in: uma.scope)
                    }
                    return 0
                }
                group.addTask {
                    var sent = 0
                    while !Task.isCancelled {
                        sender.yield(ByteBuffer(bytes: text(10)))
                        sent += 10
                        try? await Task.sleep(for: .milliseconds(20))
                    }
                    return sent
                }
                var sent = 0
                for await count in group {
                    group.cancelAll()
                    sent += count
                }
                return sent
            }
            sender.finish()
            #expect(try await task.value.offset == Int64(sent))
        }
    }

    @Test("An upload that its owner ends does not wait for its sender", arguments: Engine.available)
    func terminated(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 100), in: uma.scope)
            let (_, task) = await holder(of: upload, uploads, uma)
            try await uploads.terminate(upload.publicID, in: uma.scope)
            await #expect(throws: Failure.uploadOvertaken) { try await task.value }
            #expect(house.files.isEmpty)
        }
    }

    @Test("TUS-HOLD-2: of many pairs that send at one offset, one of each pair wins", arguments: Engine.available)
    func pairs(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (uploads, uma) = (house.uploads(), house.cast.uma)
            let upload = try await uploads.create(NewUpload(filename: "a.txt", length: 50_000), in: uma.scope)
            var winners: [UInt8] = []
            for offset in stride(from: Int64(0), to: 10_000, by: 100) {
                let won = await withTaskGroup(of: [UInt8]?.self) { group in
                    for seed in [2 * offset + 1, 2 * offset + 2] {
                        group.addTask {
                            let bytes = text(100, seed: UInt64(seed))
                            let progress = try? await uploads.append(
                                to: upload.publicID,
                                at: offset,
                                body: Pieces([bytes]),
                                in: uma.scope
                            )
                            return progress.map { _ in bytes }
                        }
                    }
                    return await group.reduce(into: [[UInt8]]()) { if let bytes = $1 { $0.append(bytes) } }
                }
                #expect(won.count == 1, "at \(offset)")
                winners += won.first ?? []
            }
            let file = try await house.disk.staging.open(StagingID(upload.publicID))
            #expect(try await file.read(at: 0, count: 20_000) == winners)
        }
    }
}

/// A body that says when it is asked for a piece.
private struct Announced: AsyncSequence {
    let body: AsyncStream<ByteBuffer>
    let asked: AsyncStream<Void>.Continuation

    struct AsyncIterator: AsyncIteratorProtocol {
        var pieces: AsyncStream<ByteBuffer>.AsyncIterator
        let asked: AsyncStream<Void>.Continuation

        mutating func next() async throws -> ByteBuffer? {
            asked.yield()
            return await pieces.next()
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pieces: body.makeAsyncIterator(), asked: asked)
    }
}
