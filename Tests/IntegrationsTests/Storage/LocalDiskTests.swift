import Crypto
import Foundation
import Glibc
import NIOCore
import Testing

@testable import Integrations

@Suite("Local disk")
struct LocalDiskTests {
    private let key = try? StorageKey(mediaType: "video", owner: 7, random: Array(0..<16))

    @Test("A published upload is read back with its size, and its staging file is gone")
    func publish() async throws {
        try await withDisk { disk, base in
            let key = try #require(key)
            let id = try StagingID("upload-0001")
            let file = try await disk.staging.create(id)
            try await file.append(Array("hello".utf8), at: 0)
            try await file.sync()
            try await file.close()
            try await disk.publish(file.path, as: key)

            let opened = try await disk.open(key)
            #expect(opened.size == 5)
            #expect(abs(opened.modified - Int64(Date().timeIntervalSince1970 * 1000)) < 60_000)
            #expect(try contents("\(base)/\(key.text)") == Array("hello".utf8))
            #expect(try mode("\(base)/\(key.text)") == 0o600)
            #expect(try mode("\(base)/video") == 0o700 && mode("\(base)/video/7") == 0o700)
            await #expect(throws: StorageError.notFound) { try await disk.staging.open(id) }
        }
    }

    @Test("Publishing again after a crash finds what was published")
    func publishTwice() async throws {
        try await withDisk { disk, base in
            let key = try #require(key)
            try Data("one".utf8).write(to: URL(fileURLWithPath: "\(base)/finished"))
            try await disk.publish("\(base)/finished", as: key)
            try await disk.publish("\(base)/finished", as: key)
            #expect(try contents("\(base)/\(key.text)") == Array("one".utf8))
        }
    }

    @Test("Publishing over a key replaces its content")
    func replace() async throws {
        try await withDisk { disk, base in
            let key = try #require(key)
            for text in ["one", "another"] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(base)/finished"))
                try await disk.publish("\(base)/finished", as: key)
                #expect(try contents("\(base)/\(key.text)") == Array(text.utf8))
            }
        }
    }

    @Test("Paths are absolute, whatever the configuration says")
    func absolutePaths() async throws {
        let name = "integrations-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: name) }
        let disk = try await LocalDisk(base: "./\(name)/deep/")
        #expect(disk.staging.path(of: try StagingID("upload-0001")).hasPrefix("/"))
    }

    @Test("Many publish at the same time into folders that do not exist yet")
    func concurrently() async throws {
        try await withDisk { disk, base in
            try await withThrowingTaskGroup { group in
                for index in UInt8(0)..<50 {
                    group.addTask {
                        let key = try StorageKey(
                            mediaType: "image",
                            owner: Int64(index % 5),
                            random: Array(repeating: index, count: 16)
                        )
                        try Data([index]).write(to: URL(fileURLWithPath: "\(base)/file-\(index)"))
                        try await disk.publish("\(base)/file-\(index)", as: key)
                        let size = try await disk.open(key).size
                        #expect(size == 1)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("Publishing what never was is an error and leaves no key")
    func publishNothing() async throws {
        try await withDisk { disk, base in
            let key = try #require(key)
            await #expect(throws: StorageError.notFound) { try await disk.publish("\(base)/nothing", as: key) }
            #expect(try await !disk.exists(key))
        }
    }

    @Test("A file of another file system is copied, published and removed")
    func publishAcrossFileSystems() async throws {
        let elsewhere = "/dev/shm/integrations-\(UUID().uuidString)"
        defer { unlink(elsewhere) }
        try #require(FileManager.default.createFile(atPath: elsewhere, contents: Data(repeating: 5, count: 3_000_000)))
        try await withDisk { disk, base in
            let key = try #require(key)
            try await disk.publish(elsewhere, as: key)
            #expect(try contents("\(base)/\(key.text)") == Array(repeating: 5, count: 3_000_000))
            #expect(!FileManager.default.fileExists(atPath: elsewhere))
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(base)/.staging/scratch").isEmpty)
        }
    }

    @Test("Deleting is idempotent, and an open file outlives it")
    func delete() async throws {
        try await withDisk { disk, base in
            let key = try #require(key)
            try Data("bytes".utf8).write(to: URL(fileURLWithPath: "\(base)/finished"))
            try await disk.publish("\(base)/finished", as: key)
            let opened = try await disk.open(key)
            try await disk.delete(key)
            try await disk.delete(key)
            #expect(try await !disk.exists(key))
            await #expect(throws: StorageError.notFound) { try await disk.open(key) }
            await #expect(throws: StorageError.notFound) { try await disk.withLocalFile(key) { _ in } }
            var buffer = [UInt8](repeating: 0, count: 5)
            #expect(pread(opened.descriptor, &buffer, 5, 0) == 5)
            #expect(buffer == Array("bytes".utf8))
        }
    }

    @Test("A link where a stored file should be is not followed")
    func links() async throws {
        try await withDisk { disk, base in
            let key = try #require(key)
            try FileManager.default.createDirectory(atPath: "\(base)/video/7", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: "\(base)/\(key.text)",
                withDestinationPath: "/etc/passwd"
            )
            await #expect(throws: StorageError.failed(operation: "open", errno: ELOOP)) { try await disk.open(key) }
        }
    }

    @Test("The descriptor of a handed-over file stays open, that of a dropped one is closed")
    func descriptors() async throws {
        try await withDisk { disk, base in
            let key = try #require(key)
            try Data("bytes".utf8).write(to: URL(fileURLWithPath: "\(base)/finished"))
            try await disk.publish("\(base)/finished", as: key)
            let kept = try await disk.open(key).handOver()
            let descriptor = try #require(kept)
            #expect(fcntl(descriptor, F_GETFD) != -1)
            Glibc.close(descriptor)
        }
    }

    @Test("Free space is known")
    func freeSpace() async throws {
        try await withDisk { disk, _ in
            let free = try #require(try await disk.freeSpace())
            #expect(free > 0)
        }
    }

    @Test("Appending keeps its hands off the reserve; what is there stays readable")
    func reserve() async throws {
        try await withDisk { disk, base in
            let id = try StagingID("upload-0001")
            let file = try await disk.staging.create(id)
            try await file.append(Array("hello".utf8), at: 0)
            try await file.close()
            let cautious = try await LocalDisk(base: base, reserve: .max)
            #expect(try await cautious.freeSpace() == 0)
            let again = try await cautious.staging.open(id)
            await #expect(throws: StorageError.full) { try await again.append(Array("more".utf8), at: 5) }
            #expect(again.size == 5)
            #expect(try await again.read(at: 0, count: 10) == Array("hello".utf8))
        }
    }

    @Test("A scratch directory lives as long as its work, also when that fails")
    func scratch() async throws {
        struct Oops: Error {}
        try await withDisk { disk, base in
            let directory = try await disk.staging.withScratch { directory in
                try Data("x".utf8).write(to: URL(fileURLWithPath: "\(directory)/leftover"))
                return directory
            }
            #expect(!FileManager.default.fileExists(atPath: directory))
            await #expect(throws: Oops.self) { try await disk.staging.withScratch { _ in throw Oops() } }
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(base)/.staging/scratch").isEmpty)
        }
    }

    @Test("What a dead program left behind is swept once it is old, and nothing else")
    func sweep() async throws {
        try await withDisk { disk, base in
            let old = try StagingID("upload-old")
            let new = try StagingID("upload-new")
            _ = try await disk.staging.create(old)
            _ = try await disk.staging.create(new)
            let scratch = "\(base)/.staging/scratch"
            try FileManager.default.createDirectory(atPath: "\(scratch)/old/deep", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: "\(scratch)/new", withIntermediateDirectories: true)
            for path in [disk.staging.path(of: old), "\(scratch)/old"] {
                let past = Date(timeIntervalSinceNow: -7200)
                try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path)
            }
            let now = Int64(Date().timeIntervalSince1970 * 1000)
            #expect(try await disk.staging.idle(for: 3_600_000, now: now) == [old])
            try await disk.staging.removeAbandonedScratch(idleFor: 3_600_000, now: now)
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch) == ["new"])
        }
    }
}

func withDisk(_ body: (LocalDisk, _ base: String) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
        try await body(try await LocalDisk(base: "\(directory)/uploads/"), "\(directory)/uploads")
    }
}

func contents(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}
