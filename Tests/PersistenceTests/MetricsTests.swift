import CoreMetrics
import Persistence
import Synchronization
import TestSupport
import Testing

struct MetricsTests {
    @Test("Every transaction is timed under its label, kind and outcome", arguments: Engine.available)
    func timers(engine: Engine) async throws {
        let recorder = TimerRecorder()
        var options = DatabaseOptions.testing
        options.metrics = recorder
        try await withDatabase(engine, migrations: [SchemaForTests.account], options: options) { database in
            try await database.write(.serializable, label: "accounts.add") { db in
                try db.execute("INSERT INTO account (name) VALUES ('Uma')")
            }
            _ = try? await database.write(.serializable, label: "accounts.add") { db in
                try db.execute("INSERT INTO account (name) VALUES ('Uma')")
            }
            try await database.read(label: "accounts.list") { _ = try $0.rows("SELECT id FROM account") }
        }
        let seen = recorder.seen.withLock { $0 }.filter { $0.contains("accounts") }.sorted()
        #expect(
            seen == [
                "database.query \(engine) accounts.add write constraint",
                "database.query \(engine) accounts.add write ok",
                "database.query \(engine) accounts.list read ok",
            ]
        )
    }
}

/// Remembers which timers were asked to record; everything else goes nowhere.
private final class TimerRecorder: MetricsFactory {
    let seen = Mutex<[String]>([])

    private final class Handler: TimerHandler {
        private let name: String
        private let recorder: TimerRecorder

        init(name: String, recorder: TimerRecorder) {
            self.name = name
            self.recorder = recorder
        }

        func recordNanoseconds(_ duration: Int64) {
            recorder.seen.withLock { $0.append(name) }
        }
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Handler(name: ([label] + dimensions.map(\.1)).joined(separator: " "), recorder: self)
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        NOOPMetricsHandler.instance
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        NOOPMetricsHandler.instance
    }

    func destroyTimer(_ handler: any TimerHandler) {}
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
}
