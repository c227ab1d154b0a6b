package import Persistence

/// How far somebody is in films and sounds, each profile for itself. Programs have no history, nor have those who act for
/// somebody.
package struct WatchHistory: Sendable {
    /// Who stops earlier has hardly begun.
    static let beginning = Duration.seconds(5)
    /// From this share of the whole on only the end titles are left.
    private static let nearlyAll = 0.95

    private let database: any Database
    private let effects: Effects

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    /// Remembers how far the profile that asks is in an item.
    ///
    /// Throws `Failure.notFound` for what it may not see or cannot play, `Failure.noHistory` where nobody watches, and
    /// `Failure` at the field `seconds`.
    package func keep(_ seconds: Double, of publicID: String, in scope: Scope) async throws {
        guard let profile = scope.watching?.profile else { throw Failure.noHistory }
        guard seconds.isFinite, (0...1_000_000).contains(seconds) else { throw Failure.invalid([.unknownMoment]) }
        let now = effects.now()
        try await database.write(.locking) { db in
            guard let row = try db.first(HistoryQueries.playable(publicID, in: scope)) else { throw Failure.notFound }
            let length = Duration(column: try row["duration"])
            let position = min(.seconds(seconds), length ?? .seconds(seconds))
            let place = WatchPlace(
                position: position,
                isFinished: length.map { position >= $0 * Self.nearlyAll } ?? false
            )
            try db.execute(HistoryQueries.keep(place, of: try row["id"], profile, at: now))
        }
    }

    /// Where the profile that asks goes on in an item; nil at its beginning, after its end, and where nobody watches.
    package func place(in publicID: String, for scope: Scope) async throws -> Duration? {
        guard let profile = scope.watching?.profile else { return nil }
        return try await database.read { db -> Duration? in
            let place = try db.first(HistoryQueries.place(in: publicID, of: profile), as: WatchPlace.init)
            return place.flatMap { $0.isFinished || $0.position < Self.beginning ? nil : $0.position }
        }
    }

    /// What the profile that asks began and did not end, the latest first.
    package func unfinished(limit: Int = 12, in scope: Scope) async throws -> [Unfinished] {
        guard let profile = scope.watching?.profile else { return [] }
        return try await database.read { db in
            try db.all(HistoryQueries.unfinished(of: profile, limit: min(max(limit, 1), 100), in: scope)) { row in
                Unfinished(item: try LibraryItem(row), position: .milliseconds(try row["position"] as Int64))
            }
        }
    }

    /// How many items a profile of the account that asks has in its history.
    package func count(of profile: ViewerProfile, in scope: Scope) async throws -> Int {
        let account = try scope.requireAccount()
        return try await database.read { db in
            try db.value(HistoryQueries.count(of: profile.id, account)) ?? 0
        }
    }

    /// Something that was begun.
    package struct Unfinished: Sendable, Hashable {
        package let item: LibraryItem
        package let position: Duration
    }
}

/// How far somebody is.
struct WatchPlace: Sendable, Hashable {
    let position: Duration
    let isFinished: Bool
}

extension WatchPlace {
    init(_ row: Row) throws {
        position = .milliseconds(try row["position"] as Int64)
        isFinished = try row["is_finished"]
    }
}
