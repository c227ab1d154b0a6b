import Foundation

/// Where the database is: `sqlite:PATH`, or whatever libpq takes after `postgres://` or `postgresql://`, several hosts
/// included. SQLAlchemy's spellings work too: `sqlite:///relative.db`, `sqlite:////absolute.db`, `postgresql+driver://`.
package enum DatabaseURL: Sendable, Hashable {
    case sqlite(path: String)
    case postgres(String)

    package struct Invalid: Error, CustomStringConvertible {
        package let description: String
    }

    package init(_ text: String) throws(Invalid) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let colon = text.firstIndex(of: ":") else {
            throw Invalid(description: "a database URL starts with sqlite: or postgresql://")
        }
        let scheme = text[..<colon].split(separator: "+", maxSplits: 1).first.map { $0.lowercased() } ?? ""
        let rest = text[text.index(after: colon)...]
        switch scheme {
        case "sqlite":
            self = .sqlite(path: try Self.path(rest))
        case "postgres", "postgresql":
            guard rest.hasPrefix("//") else {
                throw Invalid(description: "a PostgreSQL URL looks like postgresql://user@host/database")
            }
            self = .postgres("postgresql:\(rest)")
        default:
            throw Invalid(description: "unknown database \"\(scheme):\"; write sqlite:PATH or postgresql://…")
        }
    }

    private static func path(_ rest: Substring) throws(Invalid) -> String {
        var path = rest
        if path.hasPrefix("//") {
            guard path.hasPrefix("///") else {
                throw Invalid(description: "a SQLite URL looks like sqlite:data/mediashare.sqlite")
            }
            path = path.dropFirst(3)
        }
        guard !path.isEmpty, path != ":memory:" else {
            throw Invalid(description: "a SQLite URL names a file: sqlite:data/mediashare.sqlite")
        }
        return String(path)
    }

    package var dialect: Dialect {
        switch self {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }
}

/// For messages and logs: the password is masked.
extension DatabaseURL: CustomStringConvertible {
    package var description: String {
        switch self {
        case .sqlite(let path): "sqlite:\(path)"
        case .postgres(let url):
            url.replacing(#/^(postgresql:\/\/[^:\/?@]*):[^\/?]*@/#) { "\($0.1):***@" }
                .replacing(#/password=[^&]*/#) { _ in "password=***" }
        }
    }
}
