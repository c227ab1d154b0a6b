import Crypto
import Foundation

/// One numbered change of the schema, forward only. Its text may never change once it has run anywhere.
package struct Migration: Sendable, Hashable {
    package let number: Int
    package let name: String
    let sqlite: Text
    let postgres: Text

    /// What one engine runs.
    struct Text: Sendable, Hashable {
        /// Of the text as it stands in the source, so that a better translation to an engine is no changed migration.
        let hash: String
        let script: String
        /// Tables whose CREATE TABLE stands in the script under their own name though they exist (SQLite).
        let rebuiltTables: [String]
    }

    /// One portable text for both engines; `PortableSchema` says what it may hold.
    package init(number: Int, name: String, text: String) {
        self.init(number: number, name: name, sqlite: text, postgres: text)
    }

    /// Two texts, where one cannot do; two that are the same are one portable text. A line `-- rebuild: TABLE` in
    /// SQLite's makes its CREATE TABLE replace the table.
    package init(number: Int, name: String, sqlite: String, postgres: String) {
        let isPortable = sqlite == postgres
        self.number = number
        self.name = name
        self.sqlite = Text(
            hash: Self.hash(sqlite),
            script: isPortable ? PortableSchema.translate(sqlite, to: .sqlite) : sqlite,
            rebuiltTables: isPortable ? [] : SQLiteRebuild.tables(namedIn: sqlite)
        )
        self.postgres = Text(
            hash: Self.hash(postgres),
            script: isPortable ? PortableSchema.translate(postgres, to: .postgres) : postgres,
            rebuiltTables: []
        )
    }

    func text(for dialect: Dialect) -> Text {
        switch dialect {
        case .sqlite: sqlite
        case .postgres: postgres
        }
    }

    /// `0012_tickets`, as the file is called.
    package var title: String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_" + name
    }

    /// Sorted by number. Throws where a number is taken twice or one engine has no text.
    static func ordered(_ migrations: [Migration]) throws(MigrationProblem) -> [Migration] {
        let sorted = migrations.sorted { $0.number < $1.number }
        for (one, next) in zip(sorted, sorted.dropFirst()) where one.number == next.number {
            throw MigrationProblem("migrations \(one.title) and \(next.title) have the same number")
        }
        for migration in sorted where migration.sqlite.script.isEmpty || migration.postgres.script.isEmpty {
            throw MigrationProblem("migration \(migration.title) has a text for one engine only")
        }
        return sorted
    }

    private static func hash(_ text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

/// Why a schema cannot be brought up to date; the message says what to do.
package struct MigrationProblem: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
