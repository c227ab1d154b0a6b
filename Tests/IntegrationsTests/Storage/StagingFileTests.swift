import Crypto
import Foundation
import Glibc
import NIOCore
import Testing

@testable import Integrations

@Suite("Staging files")
struct StagingFileTests {
    @Test("Appends go to the end and nowhere else")
    func offsets() async throws {
        try await withFile { _, file in
            try await file.append(ByteBuffer(string: "abc"), at: 0)
            await #expect(throws: StorageError.wrongOffset(size: 3)) { try await file.append([1], at: 2) }
            await #expect(throws: StorageError.wrongOffset(size: 3)) { try await file.append([1], at: 4) }
            #expect(try await file.append(Array("def".utf8), at: 3) == 6)
            #expect(try await file.sync() == 6)
            #expect(try await file.read(at: 0, count: 100) == Array("abcdef".utf8))
            #expect(try await file.read(at: 4, count: 1) == Array("e".utf8))
            #expect(try await file.read(at: 9, count: 1) == [])
        }
    }

    @Test("The digest is that of the bytes, whatever was cut and appended again, also after reopening")
    func digest() async throws {
        var random = SeededRandom(seed: 11)
        try await withFile { disk, file in
            var file = file
            var expected: [UInt8] = []
            for round in 0..<200 {
                switch Int.random(in: 0..<6, using: &random) {
                case 0:
                    let size = Int.random(in: 0...expected.count, using: &random)
                    try await file.truncate(to: Int64(size))
                    expected.removeSubrange(size...)
                case 1: try await file.sync()
                case 2:
                    try await file.close()
                    file = try await disk.staging.open(StagingID("upload-0001"))
                case 3:
                    #expect(try await file.sha256() == Array(SHA256.hash(data: expected)), "round \(round)")
                case _:
                    let bytes = (0..<Int.random(in: 0..<5000, using: &random)).map { _ in random.next() as UInt8 }
                    try await file.append(bytes, at: Int64(expected.count))
                    expected += bytes
                }
                #expect(file.size == Int64(expected.count))
            }
            #expect(try await file.sha256() == Array(SHA256.hash(data: expected)))
            #expect(try contents(file.path) == expected)
        }
    }

    @Test("The digest of more than one buffer of a reopened file is right")
    func longDigest() async throws {
        try await withFile { disk, file in
            let bytes = [UInt8](repeating: 9, count: 3_000_001)
            try await file.append(bytes, at: 0)
            let reopened = try await disk.staging.open(StagingID("upload-0001"))
            #expect(try await reopened.sha256() == Array(SHA256.hash(data: bytes)))
        }
    }

    @Test("A cut beyond the end is refused")
    func truncateBeyond() async throws {
        try await withFile { _, file in
            await #expect(throws: StorageError.wrongOffset(size: 0)) { try await file.truncate(to: 1) }
        }
    }

    @Test("The same id is created once")
    func exists() async throws {
        try await withFile { disk, _ in
            await #expect(throws: StorageError.exists) { try await disk.staging.create(StagingID("upload-0001")) }
        }
    }

    @Test("A closed file refuses work and can be opened again")
    func closed() async throws {
        try await withFile { disk, file in
            try await file.append([1, 2], at: 0)
            try await file.close()
            await #expect(throws: StorageError.closed) { try await file.append([3], at: 2) }
            await #expect(throws: StorageError.closed) { try await file.sync() }
            #expect(try await disk.staging.open(StagingID("upload-0001")).size == 2)
        }
    }

    @Test("A cancelled task still gets its bytes to disk")
    func cancelled() async throws {
        try await withFile { _, file in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await file.append([1, 2, 3], at: 0)
                return try await file.sync()
            }
            let durable = try await task.value
            #expect(durable == 3)
        }
    }

    @Test("A full disk keeps what fitted, says so, and goes on once there is room")
    func full() async throws {
        try await withSmallFileSystem(bytes: 1 << 20) { base in
            let disk = try await LocalDisk(base: base)
            let file = try await disk.staging.create(StagingID("upload-full"))
            await #expect(throws: StorageError.full) {
                try await file.append([UInt8](repeating: 7, count: 2 << 20), at: 0)
            }
            let kept = file.size
            #expect(kept > 0 && kept < 2 << 20)
            #expect(try await file.sync() == kept)
            #expect(try contents(file.path) == [UInt8](repeating: 7, count: Int(kept)))
            try await file.truncate(to: 100)
            try await file.append([8], at: 100)
            #expect(try await file.sha256() == Array(SHA256.hash(data: [UInt8](repeating: 7, count: 100) + [8])))
        }
    }
}

private func withFile(_ body: (LocalDisk, StagingFile) async throws -> Void) async throws {
    try await withDisk { disk, _ in
        try await body(disk, try await disk.staging.create(StagingID("upload-0001")))
    }
}

/// A tmpfs of that size where this user may mount one; elsewhere the test has nothing to say.
private func withSmallFileSystem(bytes: Int, _ body: (String) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
        guard mount("tmpfs", directory, "tmpfs", 0, "size=\(bytes)") == 0 else { return }
        defer { umount2(directory, Int32(MNT_DETACH)) }
        try await body(directory)
    }
}

/// A small generator whose numbers are the same in every run.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 33
    }
}
