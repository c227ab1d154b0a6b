import Foundation
import GRDB

/// The embedded engine: one file, one writer at a time, many readers beside it (WAL).
package final class SQLiteDatabase: Database {
    package let dialect = Dialect.sqlite
    package let writes = WriteCount()
    private let pool: DatabasePool
    private let observation: Observation
    private let columns = SQLiteColumns()

    /// Opens or makes the file; its folder is made too. A new file can be read by its owner alone.
    /// Throws `DatabaseUnavailable` when the file cannot be opened.
    package init(path: String, options: DatabaseOptions = DatabaseOptions()) async throws {
        observation = Observation(dialect: .sqlite, options: options)
        try Self.prepareFile(path)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(options.waitingTime.timeInterval)
        configuration.maximumReaderCount = options.connections
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF")
            // As PostgreSQL's LIKE, and so that an index can serve a prefix.
            try db.execute(sql: "PRAGMA case_sensitive_like = ON")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL when it switches to WAL, after `prepareDatabase`; only now does our setting stay.
            try await pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
                switch options.durability {
                case .powerLoss: try db.execute(sql: "PRAGMA synchronous = FULL")
                case .none: try db.execute(sql: "PRAGMA synchronous = OFF")
                }
            }
        } catch let error as DatabaseError {
            throw SQLiteErrors.unavailable(opening: path, error)
        }
    }

    package func read<T: Sendable>(
        label: String,
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await observation.transaction(label: label, kind: "read") {
            try await SQLiteErrors.mapped {
                // "Unsafe" because GRDB begins no transaction: ours does.
                try await pool.unsafeRead { [observation, columns] db in
                    try SQLiteReadTransaction.run(on: db) {
                        try SQLiteConnection(db, columns: columns, label: label, observation: observation).perform(body)
                    }
                }
            }
        }
    }

    /// SQLite has one writer, so both isolations are the same: BEGIN IMMEDIATE.
    package func write<T: Sendable>(
        _ isolation: WriteIsolation,
        label: String,
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        defer { writes.advance() }
        return try await observation.transaction(label: label, kind: "write") {
            try await SQLiteErrors.mapped {
                try await pool.write { [observation, columns] db in
                    try SQLiteConnection(db, columns: columns, label: label, observation: observation).perform(body)
                }
            }
        }
    }

    package func close() async {
        // Best effort: statistics and the checkpoint are only there to make the next start quicker.
        try? await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA optimize") }
        try? pool.close()
    }

    private static func prepareFile(_ path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw DatabaseUnavailable(.storage, "cannot make the folder \(folder.path) for the database")
        }
        let file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw DatabaseUnavailable(
                .storage,
                "cannot open the database file \(path): \(String(cString: strerror(errno)))"
            )
        }
        Foundation.close(file)
    }
}

extension SQLiteDatabase: SchemaDatabase {
    /// Tables can only be rebuilt while foreign keys are off (https://www.sqlite.org/lang_altertable.html, section 7): with
    /// them on, DROP TABLE would delete what refers to the table. They are checked before the commit instead.
    func changeSchema<T: Sendable>(
        rebuildsTables: Bool,
        label: String,
        _ body: @escaping @Sendable (any ScriptConnection) throws -> T
    ) async throws -> T {
        defer { writes.advance() }
        return try await SQLiteErrors.mapped {
            try await pool.barrierWriteWithoutTransaction { [observation, columns] db in
                let connection = SQLiteConnection(db, columns: columns, label: label, observation: observation)
                if rebuildsTables { try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON") }
                defer {
                    if rebuildsTables {
                        // Cannot fail outside a transaction, and the next line is asserted by a test.
                        try? db.execute(sql: "PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON")
                    }
                }
                var result: T?
                try db.inTransaction(.immediate) {
                    result = try connection.perform(body)
                    if rebuildsTables { try db.checkForeignKeys() }
                    return .commit
                }
                columns.forget()
                guard let result else { throw TransactionAborted() }
                return result
            }
        }
    }
}
