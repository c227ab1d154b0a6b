import NIOConcurrencyHelpers
package import Persistence

/// The rules for media types. They change rarely and are asked for with every upload, so every process remembers them
/// for ten seconds.
package struct MediaTypes: Sendable {
    private static let lifetime = Duration.seconds(10)

    private struct Remembered {
        let types: [MediaType]
        let until: Timestamp
    }

    private let database: any Database
    private let effects: Effects
    private let remembered = NIOLockedValueBox<Remembered?>(nil)

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    /// Every type with its formats, in the order in which they are shown. May be ten seconds old.
    package func all() async throws -> [MediaType] {
        let now = effects.now()
        if let hit = remembered.withLockedValue({ $0 }), now < hit.until { return hit.types }
        let types = try await database.read { db in try MediaTypes.load(on: db) }
        remembered.withLockedValue { $0 = Remembered(types: types, until: now + Self.lifetime) }
        return types
    }

    /// Sets how large a file of a kind may be, in bytes.
    /// - Throws: `Failure.invalid` unless the size is between one byte and one tebibyte.
    package func setMaximumSize(of kind: MediaKind, to size: Int64, in scope: Scope) async throws {
        try scope.require(.manageSettings)
        guard (1...(1 << 40)).contains(size) else { throw Failure.mediaTypeSizeOutOfRange }
        let now = effects.now()
        try await database.write { db in
            try db.execute(MediaTypeQueries.setMaximumSize(kind, size))
            try Audit.record(
                AuditEvent(
                    "media_type.changed",
                    nil,
                    details: ["kind": kind.rawValue, "maximum_size": String(size)]
                ),
                in: scope,
                at: now,
                on: db
            )
        }
        remembered.withLockedValue { $0 = nil }
    }

    private static func load(on db: any Connection) throws -> [MediaType] {
        let formats = try db.all(MediaTypeQueries.formats) { row in
            let accepted: String = try row["accepted"]
            return (
                kind: try row["kind"] as MediaKind,
                format: MediaType.Format(
                    fileExtension: try row["extension"],
                    contentType: try row["content_type"],
                    accepted: accepted.split(separator: " ").map(String.init)
                )
            )
        }
        let grouped = Dictionary(grouping: formats, by: \.kind)
        return try db.all(MediaTypeQueries.types) { row in
            let kind: MediaKind = try row["kind"]
            return MediaType(
                kind: kind,
                maximumSize: try row["maximum_size"],
                formats: grouped[kind, default: []].map(\.format)
            )
        }
    }
}
