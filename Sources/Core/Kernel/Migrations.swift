package import Persistence

/// Every numbered SQL file of this module, in order: `0003_accounts.sql` for both engines, or a pair
/// `0021_search.sqlite.sql` and `0021_search.postgres.sql`.
package enum Migrations {
    package static let all: [Migration] = {
        var found: [Int: (name: String, sqlite: String?, postgres: String?)] = [:]
        for file in EmbeddedFiles.all where file.path.hasSuffix(".sql") {
            let parts = (file.path.split(separator: "/").last ?? "").split(separator: ".")
            guard let stem = parts.first, let number = Int(stem.prefix(4)) else { continue }
            var entry = found[number] ?? (name: String(stem.dropFirst(5)), sqlite: nil, postgres: nil)
            let text = file.text.description
            if !parts.contains("postgres") { entry.sqlite = text }
            if !parts.contains("sqlite") { entry.postgres = text }
            found[number] = entry
        }
        return found.sorted { $0.key < $1.key }.map { number, entry in
            Migration(number: number, name: entry.name, sqlite: entry.sqlite ?? "", postgres: entry.postgres ?? "")
        }
    }()
}
