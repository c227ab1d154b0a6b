import Foundation
import Persistence

/// Migrated databases that tests copy: a file copy on SQLite, CREATE DATABASE … TEMPLATE on PostgreSQL.
actor DatabaseTemplates {
    static let shared = DatabaseTemplates()

    struct Copy: Sendable {
        let url: DatabaseURL
        let discard: @Sendable () async -> Void
    }

    private struct Key: Hashable {
        let engine: Engine
        let migrations: [Migration]
    }

    private var templates: [Key: Task<String, any Error>] = [:]

    func copy(_ engine: Engine, _ migrations: [Migration]) async throws -> Copy {
        let template = try await template(Key(engine: engine, migrations: migrations)).value
        switch engine {
        case .sqlite: return try SQLiteTemplate.copy(of: template)
        case .postgres: return try await TestCluster.copy(of: template)
        }
    }

    private func template(_ key: Key) -> Task<String, any Error> {
        if let made = templates[key] { return made }
        let number = templates.count
        let making = Task {
            switch key.engine {
            case .sqlite: try await SQLiteTemplate.make(number, key.migrations)
            case .postgres: try await TestCluster.makeTemplate(number, key.migrations)
            }
        }
        templates[key] = making
        return making
    }
}

enum SQLiteTemplate {
    static let folder = FileManager.default.temporaryDirectory
        .appending(path: "mediashare-tests-\(ProcessInfo.processInfo.processIdentifier)")
    /// Nothing of the tests stays on the disk.
    private static let cleaning: Void = {
        atexit { try? FileManager.default.removeItem(at: SQLiteTemplate.folder) }
    }()

    /// Answers the template's path. Closing writes everything into the one file.
    static func make(_ number: Int, _ migrations: [Migration]) async throws -> String {
        _ = cleaning
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "template-\(number).sqlite").path
        let database = try await SQLiteDatabase(path: path, options: .testing)
        try await Migrator(database, migrations).migrate()
        await database.close()
        return path
    }

    static func copy(of template: String) throws -> DatabaseTemplates.Copy {
        let path = folder.appending(path: "\(UUID().uuidString).sqlite").path
        try FileManager.default.copyItem(atPath: template, toPath: path)
        return DatabaseTemplates.Copy(url: .sqlite(path: path)) {
            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: path + suffix)
            }
        }
    }
}
