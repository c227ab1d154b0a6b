import Foundation

/// The table `migration`: what has run here, when, and the hash of its text.
package struct MigrationHistory: Sendable {
    package struct Entry: Sendable, Hashable {
        package let number: Int
        package let name: String
        package let hash: String
        /// Milliseconds since 1970, UTC.
        package let appliedAt: Int64
    }

    let entries: [Entry]

    init(entries: [Entry]) {
        self.entries = entries
    }

    init(_ db: any Connection) throws {
        entries = try db.all("SELECT number, name, hash, applied_at FROM migration ORDER BY number") { row in
            Entry(
                number: try row["number"],
                name: try row["name"],
                hash: try row["hash"],
                appliedAt: try row["applied_at"]
            )
        }
    }

    func contains(_ migration: Migration) -> Bool {
        entries.contains { $0.number == migration.number }
    }

    func check(against migrations: [Migration], _ dialect: Dialect) throws(MigrationProblem) {
        if let problem = problems(against: migrations, dialect).first { throw MigrationProblem(problem) }
    }

    func problems(against migrations: [Migration], _ dialect: Dialect) -> [String] {
        let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.number, $0) })
        return entries.compactMap { entry in
            guard let migration = known[entry.number] else {
                return """
                    the database has migration \(entry.number) (\(entry.name)), which this program does not know: a newer \
                    version has migrated it; run that version, or restore the backup from before
                    """
            }
            guard migration.text(for: dialect).hash == entry.hash else {
                return """
                    migration \(migration.title) was changed after it had run here: put its text back as it was, and make \
                    the change in a new migration
                    """
            }
            return nil
        }
    }

    func record(_ migration: Migration, on db: any Connection) throws {
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        try db.execute(
            """
            INSERT INTO migration (number, name, hash, applied_at)
            VALUES (\(migration.number), \(migration.name), \(migration.text(for: db.dialect).hash), \(now))
            """
        )
    }

    static func exists(on db: any Connection) throws -> Bool {
        try db.exists(
            .either(
                sqlite: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
                postgres: "SELECT 1 WHERE to_regclass('migration') IS NOT NULL"
            )
        )
    }

    static func create(on db: any ScriptConnection) throws {
        guard try !exists(on: db) else { return }
        let table = """
            CREATE TABLE migration (
                number BIGINT PRIMARY KEY,
                name TEXT NOT NULL,
                hash TEXT NOT NULL,
                applied_at BIGINT NOT NULL
            );
            """
        try db.run(script: PortableSchema.translate(table, to: db.dialect))
    }
}
