import Foundation

/// A database whose schema can be changed. `body` runs in one transaction, alone: under SQLite's write lock, or under an
/// advisory lock on PostgreSQL.
protocol SchemaDatabase: Database {
    func changeSchema<T: Sendable>(
        rebuildsTables: Bool,
        label: String,
        _ body: @escaping @Sendable (any ScriptConnection) throws -> T
    ) async throws -> T
}

/// Brings a database to the schema of this program. Each migration is one transaction; several programs may try at once.
package struct Migrator: Sendable {
    private let database: any Database
    private let migrations: [Migration]

    package init(_ database: any Database, _ migrations: [Migration]) {
        self.database = database
        self.migrations = migrations
    }

    /// Runs what is missing, in order of number; answers what it ran. Throws `MigrationProblem` when the database was
    /// migrated by another version of the program in a way that this one does not know.
    @discardableResult
    package func migrate() async throws -> [Migration] {
        guard let database = database as? any SchemaDatabase else {
            throw MigrationProblem("this database cannot change its schema")
        }
        let migrations = try Migration.ordered(migrations)
        let dialect = database.dialect
        let history = try await database.changeSchema(rebuildsTables: false, label: "migrate") { db in
            try MigrationHistory.create(on: db)
            return try MigrationHistory(db)
        }
        try history.check(against: migrations, dialect)
        var ran: [Migration] = []
        for migration in migrations where !history.contains(migration) {
            let rebuilds = !migration.text(for: dialect).rebuiltTables.isEmpty
            let didRun = try await database.changeSchema(rebuildsTables: rebuilds, label: migration.title) { db in
                // Another program may have run it since.
                let history = try MigrationHistory(db)
                try history.check(against: migrations, dialect)
                guard !history.contains(migration) else { return false }
                try migration.run(on: db)
                try history.record(migration, on: db)
                return true
            }
            if didRun { ran.append(migration) }
        }
        return ran
    }

    /// What has run and what is missing. Changes nothing, and answers for a database that was never migrated too.
    package func status() async throws -> MigrationStatus {
        let dialect = database.dialect
        let migrations = try Migration.ordered(migrations)
        let history = try await database.read { db in
            try MigrationHistory.exists(on: db) ? try MigrationHistory(db) : MigrationHistory(entries: [])
        }
        return MigrationStatus(
            applied: history.entries,
            pending: migrations.filter { !history.contains($0) },
            problems: history.problems(against: migrations, dialect)
        )
    }
}

package struct MigrationStatus: Sendable {
    package let applied: [MigrationHistory.Entry]
    package let pending: [Migration]
    /// Why `migrate()` would refuse; empty when it would not.
    package let problems: [String]

    package var isCurrent: Bool { pending.isEmpty && problems.isEmpty }
}

extension Migration {
    fileprivate func run(on db: any ScriptConnection) throws {
        let text = text(for: db.dialect)
        if text.rebuiltTables.isEmpty {
            try db.run(script: text.script)
        } else {
            try SQLiteRebuild.run(text, on: db)
        }
        if db.dialect == .postgres { try db.run(script: PostgresIdentities.catchUp) }
    }
}
