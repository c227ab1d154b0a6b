import Persistence

/// One statement, as a page or a job might run it, with random values. Nothing shows an id: a sequence of PostgreSQL's goes on
/// when a transaction is rolled back, SQLite's does not.
enum RandomOperation: Sendable {
    case insert(name: String, credits: Int64, rating: Double?, picture: [UInt8]?, parent: String?)
    case insertOrKeep(name: String)
    case insertOrAdd(name: String, credits: Int64)
    case spend(names: [String], credits: Int64)
    case rename(from: String, to: String)
    case delete([String])
    case named([String])
    case page(after: String, limit: Int)
    case sums(from: String)
    case rated(Double)
    case pictured([[UInt8]])
    case prefix(String)
    case tree
    case load([String])

    private static let names = [
        "", "a", "A", "ab", "Ab", "b", "é", "e\u{301}", "z", "Z", "ß", "10", "9", "🙂", "\"q\"", "it's", "a%b", "a_b",
        "\\", "a\nb", "{}", "NULL", "日本", " ", "x y",
    ]

    init(using random: inout some RandomNumberGenerator) {
        func name() -> String { Self.names.randomElement(using: &random) ?? "" }
        func some<T>(_ value: T) -> T? { Bool.random(using: &random) ? value : nil }
        let names = (0..<Int.random(in: 0...4, using: &random)).map { _ in name() }
        let picture = (0..<Int.random(in: 0...3, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        let ratings: [Double] = [0.1, -0.5, 3, 1e300, 1e-300, 0]
        let rating = ratings.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<14, using: &random) {
        case 0:
            self = .insert(
                name: name(),
                credits: .random(in: -1...1000, using: &random),
                rating: some(rating),
                picture: some(picture),
                parent: some(name())
            )
        case 1: self = .insertOrKeep(name: name())
        case 2: self = .insertOrAdd(name: name(), credits: .random(in: 0...100, using: &random))
        case 3: self = .spend(names: names, credits: .random(in: 1...200, using: &random))
        case 4: self = .rename(from: name(), to: name())
        case 5: self = .delete(names)
        case 6: self = .named(names)
        case 7: self = .page(after: name(), limit: .random(in: 1...5, using: &random))
        case 8: self = .sums(from: name())
        case 9: self = .rated(rating)
        case 10: self = .pictured([picture, []])
        case 11: self = .prefix(String(name().prefix(1)))
        case 12: self = .tree
        default: self = .load(names)
        }
    }

    /// What the statement answered, as one line.
    func run(on db: some Connection) throws -> String {
        switch self {
        case .insert(let name, let credits, let rating, let picture, let parent):
            try lines(
                """
                INSERT INTO account (name, credits, rating, picture, parent_id)
                VALUES (
                    \(name), \(credits), \(rating), \(picture), (SELECT id FROM account WHERE name = \(parent))
                ) RETURNING name, credits, rating, picture
                """,
                db
            )
        case .insertOrKeep(let name):
            "\(try db.execute("INSERT INTO account (name) VALUES (\(name)) ON CONFLICT (name) DO NOTHING"))"
        case .insertOrAdd(let name, let credits):
            try lines(
                """
                INSERT INTO account (name, credits) VALUES (\(name), \(credits))
                ON CONFLICT (name) DO UPDATE SET credits = account.credits + excluded.credits RETURNING credits
                """,
                db
            )
        case .spend(let names, let credits):
            "\(try db.execute("UPDATE account SET credits = credits - \(credits) WHERE name \(any: names)"))"
        case .rename(let old, let new):
            "\(try db.execute("UPDATE account SET name = \(new) WHERE name = \(old)"))"
        case .delete(let names):
            "\(try db.execute("DELETE FROM account WHERE name \(any: names)"))"
        case .named(let names):
            try lines("SELECT name, credits, picture FROM account WHERE name IN (\(list: names)) ORDER BY name", db)
        case .page(let name, let limit):
            try lines(
                "SELECT name, rating FROM account WHERE name > \(name) ORDER BY name, id LIMIT \(limit)",
                db
            )
        case .sums(let name):
            try lines(
                """
                SELECT count(*), sum(credits), min(name), max(name), avg(credits) * 2 > 100 AS rich, max(rating)
                FROM account WHERE name >= \(name)
                """,
                db
            )
        case .rated(let rating):
            try lines("SELECT name, rating FROM account WHERE rating >= \(rating) ORDER BY rating, name", db)
        case .pictured(let pictures):
            try lines("SELECT name FROM account WHERE picture \(any: pictures) ORDER BY name", db)
        case .prefix(let start):
            try lines("SELECT name FROM account WHERE name LIKE \(start) || '%' ESCAPE '!' ORDER BY name DESC", db)
        case .tree:
            try lines(
                """
                SELECT child.name, coalesce(parent.name, '-') AS parent_name FROM account child
                LEFT JOIN account parent ON parent.id = child.parent_id ORDER BY child.name
                """,
                db
            )
        case .load(let names):
            try load(names, db)
        }
    }

    private func load(_ names: [String], _ db: some Connection) throws -> String {
        try db.insert(
            into: "account",
            columns: ["name", "credits"],
            rows: names.map { [.text($0 + "+"), .integer(7)] }
        )
        return "\(names.count)"
    }

    private func lines(_ sql: SQL, _ db: some Connection) throws -> String {
        try db.rows(sql).map { "\($0.values.map(comparable))" }.joined(separator: "\n")
    }

    /// SQLite keeps 3.0 as 3, and RETURNING shows it so; whoever reads a `Double` gets the same from both.
    private func comparable(_ value: SQLValue) -> SQLValue {
        guard case .real(let real) = value, let integer = Int64(exactly: real) else { return value }
        return .integer(integer)
    }
}
