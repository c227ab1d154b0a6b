/// Changes of a table that SQLite's ALTER TABLE cannot make. In a `NNNN_name.sqlite.sql`:
///
///     -- rebuild: account
///     CREATE TABLE account (… the new shape …) STRICT;
///
/// makes the new table beside the old one, copies the columns that both have, drops the old one, takes its name, and
/// makes its indexes and triggers again. New columns get their defaults. Runs with foreign keys off, checked at the end.
enum SQLiteRebuild {
    static func tables(namedIn text: String) -> [String] {
        SQLLexer.tokens(of: text).compactMap(table(namedIn:))
    }

    static func run(_ text: Migration.Text, on db: any ScriptConnection) throws {
        var table: String?
        for statement in SQLLexer.statements(of: text.script) {
            if let named = statement.compactMap({ Self.table(namedIn: $0) }).first { table = named }
            let script = statement.map(\.text).joined()
            guard let rebuilt = table, statement.contains(where: { $0.word == "CREATE" }) else {
                if statement.contains(where: \.isSignificant) { try db.run(script: script) }
                continue
            }
            try rebuild(rebuilt, as: statement, on: db)
            table = nil
        }
    }

    private static func table(namedIn token: SQLLexer.Token) -> String? {
        guard token.kind == .comment, let match = token.text.wholeMatch(of: #/--\s*rebuild:\s*([a-z0-9_]+)\s*/#) else {
            return nil
        }
        return String(match.1)
    }

    private static func rebuild(_ table: String, as definition: [SQLLexer.Token], on db: any ScriptConnection) throws {
        let new = "rebuilt_\(table)"
        guard let name = definition.firstIndex(where: { $0.kind == .word && $0.text == table }) else {
            throw MigrationProblem("after `-- rebuild: \(table)` comes CREATE TABLE \(table)")
        }
        let attached: [String] = try db.values(
            """
            SELECT sql FROM sqlite_schema
            WHERE tbl_name = \(table) AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type, name
            """
        )
        var definition = definition
        definition[name] = SQLLexer.Token(kind: .word, text: new)
        try db.run(script: definition.map(\.text).joined())
        let shared: [String] = try db.values(
            """
            SELECT name FROM pragma_table_info(\(new))
            WHERE name IN (SELECT name FROM pragma_table_info(\(table))) ORDER BY cid
            """
        )
        let columns = shared.map { "\"\($0)\"" }.joined(separator: ", ")
        try db.run(script: "INSERT INTO \(new) (\(columns)) SELECT \(columns) FROM \(table);")
        try keepNextID(of: table, for: new, on: db)
        try db.run(script: "DROP TABLE \(table); ALTER TABLE \(new) RENAME TO \(table);")
        for statement in attached { try db.run(script: statement) }
    }

    /// AUTOINCREMENT never gives an id again, not even one whose row is gone by now.
    private static func keepNextID(of table: String, for new: String, on db: any ScriptConnection) throws {
        guard try db.exists("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'") else { return }
        try db.execute(
            """
            UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM sqlite_sequence WHERE name IN (\(table), \(new)))
            WHERE name = \(new)
            """
        )
    }
}
