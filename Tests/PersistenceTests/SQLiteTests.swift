import Foundation
import Persistence
import TestSupport
import Testing

struct SQLiteTests {
    private var lasting: DatabaseOptions {
        var options = DatabaseOptions.testing
        options.durability = .powerLoss
        return options
    }

    @Test("An acknowledged commit survives power loss: WAL, synchronous=FULL, foreign keys")
    func durability() async throws {
        try await withDatabase(.sqlite, migrations: [], options: lasting) { database in
            let settings = try await database.write { db in
                [
                    try db.value("PRAGMA journal_mode", as: String.self),
                    // 2 is FULL (https://www.sqlite.org/pragma.html#pragma_synchronous).
                    try db.value("PRAGMA synchronous", as: Int.self).map(String.init),
                    try db.value("PRAGMA foreign_keys", as: Int.self).map(String.init),
                    try db.value("PRAGMA busy_timeout", as: Int.self).map(String.init),
                ]
            }
            #expect(settings == ["wal", "2", "1", "5000"])
        }
    }

    @Test("The settings still hold after a migration that rebuilt a table")
    func durabilityAfterRebuild() async throws {
        try await withDatabase(.sqlite, migrations: [RebuildTests.before], options: lasting) { database in
            try await Migrator(database, [RebuildTests.before, RebuildTests.after]).migrate()
            let settings = try await database.write { db in
                [
                    try db.value("PRAGMA synchronous", as: Int.self),
                    try db.value("PRAGMA foreign_keys", as: Int.self),
                    try db.value("PRAGMA legacy_alter_table", as: Int.self),
                ]
            }
            #expect(settings == [2, 1, 0])
        }
    }

    @Test("A new file can be read by its owner alone, and its folder is made")
    func file() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sqlite-\(UUID().uuidString)/deep")
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
        let path = folder.appending(path: "new.sqlite").path
        let database = try await SQLiteDatabase(path: path, options: .testing)
        let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(permissions?.intValue == 0o600)
        await database.close()
    }

    @Test("A file that cannot be opened, or that is no database, is told as unavailable")
    func unusable() async throws {
        await #expect(throws: DatabaseUnavailable.self) {
            _ = try await SQLiteDatabase(path: "/proc/no/such.sqlite", options: .testing)
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).sqlite").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(repeating: 65, count: 4096).write(to: URL(filePath: path))
        await #expect(throws: DatabaseUnavailable.self) { _ = try await SQLiteDatabase(path: path, options: .testing) }
    }

    @Test("A write lock that another program holds too long is told as busy")
    func busy() async throws {
        var impatient = DatabaseOptions.testing
        impatient.waitingTime = .milliseconds(50)
        try await withDatabaseURL(.sqlite, migrations: [SchemaForTests.account]) { [impatient] url in
            let one = try await Databases.open(url, options: .testing)
            let other = try await Databases.open(url, options: impatient)
            let gate = Gate()
            async let holding: Void = one.write { db in
                try db.execute("INSERT INTO account (name) VALUES ('Uma')")
                gate.hold()
            }
            await gate.isHeld()
            let unavailable = await #expect(throws: DatabaseUnavailable.self) {
                try await other.write { try $0.execute("INSERT INTO account (name) VALUES ('Otto')") }
            }
            #expect(unavailable?.reason == .busy)
            gate.open()
            try await holding
            await one.close()
            await other.close()
        }
    }

    @Test("A full disk is told as such, and nothing is kept")
    func full() async throws {
        try await withDatabase(.sqlite, migrations: [SchemaForTests.account]) { database in
            // As if the disk ended after a few more pages.
            try await database.write { db in
                _ = try db.rows("PRAGMA max_page_count = 12")
            }
            await #expect(throws: DatabaseFull.self) {
                try await database.write { db in
                    let rows = (0..<2000).map { [SQLValue.text("account number \($0)")] }
                    try db.insert(into: "account", columns: ["name"], rows: rows)
                }
            }
            let isKept = try await database.read { try $0.exists("SELECT id FROM account") }
            #expect(!isKept)
        }
    }
}
