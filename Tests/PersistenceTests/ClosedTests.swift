import Persistence
import TestSupport
import Testing

struct ClosedTests {
    @Test("A closed database lets what runs end, and refuses what comes after", arguments: Engine.available)
    func closed(engine: Engine) async throws {
        try await withDatabaseURL(engine, migrations: [SchemaForTests.account]) { url in
            let database = try await Databases.open(url, options: .testing)
            let gate = Gate()
            async let running = database.write { db in
                gate.hold()
                return try db.execute("INSERT INTO account (name) VALUES ('Uma')")
            }
            await gate.isHeld()
            async let closing: Void = database.close()
            gate.open()
            #expect(try await running == 1)
            await closing
            let unavailable = await #expect(throws: DatabaseUnavailable.self) {
                try await database.read { _ = try $0.rows("SELECT 1") }
            }
            #expect(unavailable?.reason == .closed)
        }
    }

    @Test("A cancelled task does not begin a transaction", arguments: Engine.available)
    func cancelled(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await database.write { try $0.execute("INSERT INTO account (name) VALUES ('Uma')") }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            let isKept = try await database.read { try $0.exists("SELECT id FROM account") }
            #expect(!isKept)
        }
    }
}
