import Crypto
import Foundation
import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("A copy of one's data")
struct DataExportTests {
    private struct Office: Sendable {
        let house: MediaHouse

        var exports: DataExports {
            DataExports(database: house.database, storage: house.storage, effects: house.clock.effects)
        }

        func job(_ storage: (any Storage)? = nil) -> DataExportJob {
            DataExportJob(
                database: house.database,
                storage: storage ?? house.storage,
                effects: house.clock.effects,
                sendsMail: true
            )
        }

        func make(for member: Cast.Member, withOriginals: Bool = true) async throws -> DataExport {
            try await exports.ask(withOriginals: withOriginals, language: "de", in: member.scope)
            try await house.run(job())
            return try #require(try await exports.find(in: member.scope))
        }

        /// What another program than ours finds in the archive: every file's name and SHA-256, and the text of those in JSON.
        func look(into file: ServedFile) throws -> (digests: [String: String], texts: [String: String]) {
            let script = """
                import hashlib, json, sys, zipfile
                with zipfile.ZipFile(sys.argv[1]) as archive:
                    assert archive.testzip() is None
                    names = archive.namelist()
                    digests = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}
                    texts = {name: archive.read(name).decode() for name in names if name.endswith(".json")}
                    for text in texts.values():
                        json.loads(text)
                    print(json.dumps([digests, texts]))
                """
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/python3")
            process.arguments = ["-c", script, "\(house.folder)/\(file.location)"]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let parts = try JSONDecoder().decode([[String: String]].self, from: data)
            return (try #require(parts.first), try #require(parts.last))
        }
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test("Python finds everything in it, and the originals byte for byte", arguments: Engine.available)
    func contents(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma) = (Office(house: house), house.cast.uma)
            let (text, large) = (
                Array("Some notes of uma.".utf8), Array(repeating: UInt8(ascii: "x"), count: 3_000_000)
            )
            let first = try await house.upload(text, as: "Grüße.txt", by: uma)
            let second = try await house.upload(large, as: "Grüße.txt", by: uma)
            _ = try await house.upload(Array("otto's own".utf8), as: "otto.txt", by: house.cast.otto)
            #expect(try await office.exports.originals(in: uma.scope) == OriginalsSize(items: 2, bytes: 3_000_018))

            let export = try await office.make(for: uma)
            guard case .ready(let size) = export.state else {
                Issue.record("\(export.state)")
                return
            }
            let file = try await office.exports.open(export.publicID, isNoted: true, in: uma.scope)
            #expect(file.isAttachment && file.contentType == "application/zip" && file.file.size == size)
            let (digests, texts) = try office.look(into: file)
            #expect(digests["originals/\(first)/Grüße.txt"] == Self.digest(text))
            #expect(digests["originals/\(second)/Grüße.txt"] == Self.digest(large))
            #expect(texts.count == PersonalData.tables(of: uma.id).count && digests.count == texts.count + 2)
            let account = try #require(texts["data/account.json"])
            #expect(account.contains("\"email\" : \"uma@example.com\"") && account.contains("\"created_at\" : \"2026-"))
            #expect(texts["data/media.json"]?.contains("Grüße.txt") == true)
            #expect(texts["data/audit.json"]?.contains("account.export_asked") == true)
            let all = texts.values.joined()
            #expect(!all.contains("otto") && !all.contains("new:"), "nothing of others, and no password")
            let mails = try await Outbox(database: house.database).list(of: uma.id, in: .system())
            #expect(mails.map(\.kind) == [.exportReady] && mails.map(\.language) == ["de"])
        }
    }

    @Test("Without the originals it is small", arguments: Engine.available)
    func withoutOriginals(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma) = (Office(house: house), house.cast.uma)
            _ = try await house.upload(Array("text".utf8), as: "a.txt", by: uma)
            let export = try await office.make(for: uma, withOriginals: false)
            let file = try await office.exports.open(export.publicID, isNoted: true, in: uma.scope)
            #expect(try office.look(into: file).digests.keys.allSatisfy { $0.hasPrefix("data/") })
        }
    }

    @Test("It is nobody else's, not even an administrator's", arguments: Engine.available)
    func foreign(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, cast) = (Office(house: house), house.cast)
            let export = try await office.make(for: cast.uma)
            for member in [cast.otto, cast.sam, cast.rita, cast.root] {
                await #expect(throws: Failure.notFound) {
                    try await office.exports.open(export.publicID, isNoted: true, in: member.scope)
                }
            }
            await #expect(throws: Failure.notSignedIn) {
                try await office.exports.open(export.publicID, isNoted: true, in: .visitor(tenant: .platform))
            }
        }
    }

    @Test("One is made at a time; a newer one takes the place of the older", arguments: Engine.available)
    func oneAtATime(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma) = (Office(house: house), house.cast.uma)
            try await office.exports.ask(withOriginals: false, language: "en", in: uma.scope)
            let waiting = try #require(try await office.exports.find(in: uma.scope))
            #expect(waiting.state == .underWay(progress: 0))
            await #expect(throws: Failure.exportUnderWay) {
                try await office.exports.ask(withOriginals: false, language: "en", in: uma.scope)
            }
            await #expect(throws: Failure.exportNotReady) {
                try await office.exports.open(waiting.publicID, isNoted: true, in: uma.scope)
            }
            try await house.run(office.job())
            let newer = try await office.make(for: uma)
            await #expect(throws: Failure.notFound) {
                try await office.exports.open(waiting.publicID, isNoted: true, in: uma.scope)
            }
            #expect(newer.publicID != waiting.publicID)
            #expect(try await house.count("SELECT count(*) FROM storage_garbage") == 1, "the older file goes")
        }
    }

    @Test("After seven days it is gone, and with the account at once", arguments: Engine.available)
    func end(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma) = (Office(house: house), house.cast.uma)
            let export = try await office.make(for: uma)
            house.clock.advance(by: .days(7))
            await #expect(throws: Failure.notFound) {
                try await office.exports.open(export.publicID, isNoted: true, in: uma.scope)
            }
            #expect(try await office.exports.find(in: uma.scope) == nil)
            try await house.runNow(DataExportSweep(effects: house.clock.effects))
            #expect(try await house.count("SELECT count(*) FROM data_export") == 0)
            #expect(try await house.count("SELECT count(*) FROM storage_garbage") == 1)

            _ = try await office.make(for: uma)
            try await house.database.write { db in
                for statement in ClosingQueries.personalRows(of: uma.id) { try db.execute(statement) }
            }
            #expect(try await house.count("SELECT count(*) FROM data_export") == 0)
            #expect(try await house.count("SELECT count(*) FROM storage_garbage") == 2)
        }
    }

    @Test("A file that is gone in the middle leaves no archive, and the next try makes it", arguments: Engine.available)
    func interrupted(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (office, uma) = (Office(house: house), house.cast.uma)
            let item = try await house.upload(Array("text".utf8), as: "a.txt", by: uma)
            let key: String = try #require(
                try await house.database.read { db in try db.value("SELECT storage_key FROM media_file") }
            )
            let before = house.files.count
            try await office.exports.ask(withOriginals: true, language: "en", in: uma.scope)
            let path = "\(house.folder)/\(key)"
            try FileManager.default.moveItem(atPath: path, toPath: path + "-away")
            await #expect(throws: (any Error).self) { try await house.run(office.job()) }
            #expect(house.files.count == before, "nothing is left behind")
            try FileManager.default.moveItem(atPath: path + "-away", toPath: path)
            // Another worker takes it up when the first has been silent for long enough.
            house.clock.advance(by: .minutes(1))
            let now = house.clock.now
            try await house.database.write { db in try db.execute(JobQueries.expireLeases(now: now)) }
            try await house.run(office.job())
            let export = try #require(try await office.exports.find(in: uma.scope))
            let file = try await office.exports.open(export.publicID, isNoted: true, in: uma.scope)
            #expect(try office.look(into: file).digests["originals/\(item)/a.txt"] == Self.digest(Array("text".utf8)))
        }
    }
}
