import Foundation
import Persistence
import Synchronization
import TestSupport
import Testing

/// What only the engine on libpq has: a pool, prepared statements, retries, types.
@Suite(.enabled(if: TestCluster.url != nil, "needs MEDIASHARE_TEST_POSTGRES"))
struct PostgresTests {
    private func options(_ change: (inout DatabaseOptions) -> Void) -> DatabaseOptions {
        var options = DatabaseOptions.testing
        change(&options)
        return options
    }

    @Test("A statement is prepared once for each connection, and for each set of types")
    func prepared() async throws {
        let single = options { $0.connections = 1 }
        try await withDatabase(.postgres, migrations: [SchemaForTests.account], options: single) { database in
            for id in 0..<5 {
                try await database.read { _ = try $0.rows("SELECT name FROM account WHERE id = \(id)") }
            }
            try await database.read { _ = try $0.rows("SELECT name FROM account WHERE id = \(Int?.none)") }
            let uses = try await database.read { db in
                try db.values(
                    """
                    SELECT generic_plans + custom_plans FROM pg_prepared_statements
                    WHERE statement LIKE 'SELECT name FROM account%' ORDER BY 1
                    """,
                    as: Int.self
                )
            }
            #expect(uses == [1, 5])
        }
    }

    @Test("The statement that was not used for longest makes room, at the server too")
    func evicted() async throws {
        let few = options {
            $0.connections = 1
            $0.preparedStatements = 3
        }
        try await withDatabase(.postgres, migrations: [SchemaForTests.account], options: few) { database in
            for length in 1...10 {
                try await database.read { db in
                    _ = try db.rows("SELECT id FROM account WHERE id IN (\(list: Array(1...length)))")
                }
            }
            let kept = try await database.read { db in
                try db.value("SELECT count(*) FROM pg_prepared_statements", as: Int.self) ?? 0
            }
            // What the last one pushed out is closed after it has answered.
            #expect(kept <= 4)
        }
    }

    @Test("A statement that was prepared before the schema changed still works after it")
    func stalePlan() async throws {
        let single = options { $0.connections = 1 }
        let changed = Migration(
            number: 2,
            name: "rating",
            sqlite: "SELECT 1;",
            postgres: "ALTER TABLE account ALTER COLUMN rating TYPE TEXT USING rating::text;"
        )
        try await withDatabaseURL(.postgres, migrations: [SchemaForTests.account]) { url in
            let database = try await Databases.open(url, options: single)
            let ratings = { @Sendable in
                try await database.read { try $0.rows("SELECT rating FROM account").map { $0.value(at: 0) } }
            }
            try await database.write { try $0.execute("INSERT INTO account (name, rating) VALUES ('Uma', 0.5)") }
            let before = try await ratings()
            let migrating = try await Databases.open(url, options: .testing)
            try await Migrator(migrating, [SchemaForTests.account, changed]).migrate()
            await migrating.close()
            let after = try await ratings()
            #expect(before == [.real(0.5)] && after == [.text("0.5")])
            await database.close()
        }
    }

    @Test("Who finds every connection busy is told so after the waiting time")
    func exhausted() async throws {
        let narrow = options {
            $0.connections = 1
            $0.waitingTime = .milliseconds(100)
        }
        try await withDatabase(.postgres, migrations: [], options: narrow) { database in
            let gate = Gate()
            async let holding: Void = database.read { _ in gate.hold() }
            await gate.isHeld()
            let unavailable = await #expect(throws: DatabaseUnavailable.self) {
                try await database.read { _ = try $0.rows("SELECT 1") }
            }
            #expect(unavailable?.reason == .poolExhausted)
            gate.open()
            try await holding
        }
    }

    @Test("A task that is cancelled while it waits stops waiting, and the line goes on")
    func cancelled() async throws {
        try await withDatabase(.postgres, migrations: [], options: options { $0.connections = 1 }) { database in
            let gate = Gate()
            async let holding: Void = database.read { _ in gate.hold() }
            await gate.isHeld()
            let waiting = Task { try await database.read { _ = try $0.rows("SELECT 1") } }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            async let next = database.read { try $0.value("SELECT 2", as: Int.self) }
            gate.open()
            try await holding
            #expect(try await next == 2)
        }
    }

    @Test("A task that is cancelled while it runs is rolled back at its next statement")
    func cancelledWhileRunning() async throws {
        try await withDatabase(.postgres, migrations: [SchemaForTests.account]) { database in
            let gate = Gate()
            let running = Task {
                try await database.write { db in
                    try db.execute("INSERT INTO account (name) VALUES ('Uma')")
                    gate.hold()
                    try db.execute("INSERT INTO account (name) VALUES ('Otto')")
                }
            }
            await gate.isHeld()
            running.cancel()
            gate.open()
            await #expect(throws: CancellationError.self) { try await running.value }
            let isKept = try await database.read { try $0.exists("SELECT id FROM account") }
            #expect(!isKept)
        }
    }

    @Test("A statement that runs too long is stopped")
    func timedOut() async throws {
        let hasty = options { $0.statementTimeout = .milliseconds(50) }
        try await withDatabase(.postgres, migrations: [], options: hasty) { database in
            let unavailable = await #expect(throws: DatabaseUnavailable.self) {
                try await database.read { _ = try $0.rows("SELECT pg_sleep(20)") }
            }
            #expect(unavailable?.reason == .timedOut)
        }
    }

    @Test("A connection that breaks before COMMIT costs another attempt and nothing else")
    func brokenBefore() async throws {
        try await withDatabase(.postgres, migrations: [SchemaForTests.account]) { database in
            let attempts = Atomic(0)
            try await database.write { db in
                try db.execute("INSERT INTO account (name) VALUES ('Uma')")
                if attempts.add(1, ordering: .relaxed).newValue == 1 {
                    _ = try db.rows("SELECT pg_terminate_backend(pg_backend_pid())")
                }
            }
            let names = try await database.read { try $0.values("SELECT name FROM account", as: String.self) }
            #expect(names == ["Uma"])
            #expect(attempts.load(ordering: .relaxed) == 2)
        }
    }

    @Test("A connection that breaks during COMMIT is told as unknown, and the write is not run again")
    func brokenDuring() async throws {
        let ending = Migration(
            number: 2,
            name: "ending",
            sqlite: "SELECT 1;",
            postgres: """
                CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER account_hang_up AFTER INSERT ON account
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hang_up();
                """
        )
        try await withDatabase(.postgres, migrations: [SchemaForTests.account, ending]) { database in
            let attempts = Atomic(0)
            let unavailable = await #expect(throws: DatabaseUnavailable.self) {
                try await database.write { db in
                    attempts.add(1, ordering: .relaxed)
                    try db.execute("INSERT INTO account (name) VALUES ('Uma')")
                }
            }
            #expect(unavailable?.reason == .outcomeUnknown)
            #expect(attempts.load(ordering: .relaxed) == 1)
        }
    }

    @Test("Connections are replaced when they are old")
    func old() async throws {
        let shortLived = options {
            $0.connections = 1
            $0.maximumAge = .zero
        }
        try await withDatabase(.postgres, migrations: [], options: shortLived) { database in
            let processes = try await [
                database.read { try $0.value("SELECT pg_backend_pid()", as: Int.self) },
                database.read { try $0.value("SELECT pg_backend_pid()", as: Int.self) },
            ]
            #expect(processes[0] != processes[1])
        }
    }

    @Test("A server that is not there is told as unavailable, without its password")
    func nowhere() async throws {
        let hasty = options { $0.waitingTime = .milliseconds(50) }
        let unavailable = await #expect(throws: DatabaseUnavailable.self) {
            _ = try await Databases.open(url: "postgresql://uma:hunter2@127.0.0.1:1/nothing", options: hasty)
        }
        #expect(unavailable?.reason == .connectionLost)
        #expect(unavailable?.description.contains("hunter2") == false)
    }

    @Test("The server sees who we are, and that each isolation is what it says")
    func session() async throws {
        try await withDatabase(.postgres, migrations: []) { database in
            let query: SQL = """
                SELECT current_setting('application_name'), current_setting('transaction_isolation'),
                    current_setting('transaction_read_only')
                """
            let read = try await database.read { try $0.rows(query)[0].values }
            let write = try await database.write { try $0.rows(query)[0].values }
            let locking = try await database.write(.locking) { try $0.rows(query)[0].values }
            #expect(read == [.text("mediashare"), .text("repeatable read"), .text("on")])
            #expect(write == [.text("mediashare"), .text("serializable"), .text("off")])
            #expect(locking == [.text("mediashare"), .text("read committed"), .text("off")])
        }
    }

    @Test("The server's types arrive as the few that both engines have")
    func types() async throws {
        try await withDatabase(.postgres, migrations: []) { database in
            let values = try await database.read { db in
                try db.rows(
                    """
                    SELECT 1::int2, 2::int4, '-9223372036854775808'::int8, TRUE, FALSE, 0.25::float4, 1e300::float8,
                        'NaN'::float8, 12::numeric, 1.5::numeric, 99999999999999999999::numeric, '\\x00ff'::bytea,
                        'text', NULL, 'b5c46f8a-0000-0000-0000-000000000000'::uuid, ''::text, ''::bytea
                    """
                )[0].values
            }
            #expect(
                values.prefix(7) == [
                    .integer(1), .integer(2), .integer(.min), .integer(1), .integer(0), .real(0.25), .real(1e300),
                ]
            )
            guard case .real(let notANumber) = values[7] else { throw RowError("no real") }
            #expect(notANumber.isNaN)
            #expect(
                values.dropFirst(8) == [
                    .integer(12), .real(1.5), .real(1e20), .blob([0, 255]), .text("text"), .null,
                    .text("b5c46f8a-0000-0000-0000-000000000000"), .text(""), .blob([]),
                ]
            )
        }
    }
}
