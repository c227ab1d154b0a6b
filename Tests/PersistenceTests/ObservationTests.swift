import Logging
import Persistence
import Synchronization
import TestSupport
import Testing

struct ObservationTests {
    /// Keeps what is logged.
    private struct Recorder: LogHandler {
        final class Lines: Sendable {
            let all = Mutex<[String]>([])
        }

        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let sql = event.metadata?["sql"].map { "\($0)" } ?? ""
            let label = event.metadata?["label"].map { "\($0)" } ?? ""
            lines.all.withLock { $0.append("\(event.level) \(event.message) \(label): \(sql)") }
        }
    }

    private func lines(
        _ engine: Engine,
        _ change: (inout DatabaseOptions) -> Void
    ) async throws -> [String] {
        let lines = Recorder.Lines()
        var options = DatabaseOptions(logger: Logger(label: "test") { _ in Recorder(lines: lines) })
        options.connections = 2
        change(&options)
        try await withDatabase(engine, migrations: [SchemaForTests.account], options: options) { database in
            try await database.read(label: "accounts.named") { db in
                _ = try db.rows("SELECT id FROM account WHERE name = \("hunter2")")
            }
        }
        return lines.all.withLock { $0 }.filter { $0.contains("accounts.named") }
    }

    @Test("A slow statement is logged with its label and placeholders, without values", arguments: Engine.available)
    func slow(engine: Engine) async throws {
        let lines = try await lines(engine) { $0.slowQueryTime = .zero }
        let placeholder = engine == .sqlite ? "?" : "$1"
        #expect(lines == ["warning slow query accounts.named: SELECT id FROM account WHERE name = \(placeholder)"])
    }

    @Test("A quick statement is logged only where every statement is", arguments: Engine.available)
    func quick(engine: Engine) async throws {
        let silent = try await lines(engine) { $0.slowQueryTime = .seconds(60) }
        #expect(silent == [])
        let chatty = try await lines(engine) {
            $0.slowQueryTime = .seconds(60)
            $0.logsStatements = true
        }
        #expect(chatty.count == 1 && chatty[0].hasPrefix("debug query"))
    }
}
