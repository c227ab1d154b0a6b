package import Persistence

/// What plays where, so that no account plays more at once than its user type allows.
///
/// A stream is claimed before it plays, by the player or by the first byte that is asked for, and kept by whatever is asked
/// for after that. It ends when the player says so, half a minute after the last that was heard of it, with its session, or
/// when it is ended from elsewhere. Accounts without a limit claim nothing.
package struct Streams: Sendable {
    private struct Question: Sendable, Hashable {
        let viewer: StreamViewer
        let publicID: String
    }

    /// How long a stream counts after the last that was heard of it.
    package static let lifetime = Duration.seconds(30)
    /// What is heard of a stream within this time is written down once.
    static let step = Duration.seconds(10)

    private let database: any Database
    private let effects: Effects
    private let recent: RecentReads<Question, OwnStream>

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
        recent = RecentReads(of: database)
    }

    /// Somebody wants to play an item, here and now: also where it was ended from elsewhere before.
    /// - Throws: `Failure.notFound` for an item that who asks may not see.
    package func begin(_ publicID: String, in scope: Scope) async throws -> StreamAnswer {
        guard let viewer = counted(scope) else { return try await uncounted(publicID, in: scope) }
        return try await claim(publicID, viewer, isWanted: true, in: scope)
    }

    /// An item goes on playing.
    /// - Throws: as `begin` does.
    package func keep(_ publicID: String, in scope: Scope) async throws -> StreamAnswer {
        guard let viewer = counted(scope) else { return try await uncounted(publicID, in: scope) }
        return try await keep(publicID, viewer, in: scope)
    }

    private func keep(_ publicID: String, _ viewer: StreamViewer, in scope: Scope) async throws -> StreamAnswer {
        let now = effects.now()
        if let known = try await known(publicID, viewer) {
            if known.isHeldOff(at: now) { return .takenOver }
            if known.isLive(at: now), now - known.seenAt < Self.step { return .playing }
        }
        return try await claim(publicID, viewer, isWanted: false, in: scope)
    }

    /// Bytes of an item are asked for, which is to play it. Writes at most once in ten seconds for each viewer and item.
    /// - Throws: `Failure.tooManyStreams`, `.streamTakenOver`, `.streamEnded`, and as `begin` does.
    package func admit(_ publicID: String, in scope: Scope) async throws {
        guard let viewer = counted(scope) else { return }
        // What a player asked for just before it ended would begin the stream anew.
        if let known = try await known(publicID, viewer), known.hasJustEnded(at: effects.now()) {
            throw Failure.streamEnded
        }
        switch try await keep(publicID, viewer, in: scope) {
        case .playing: return
        case .full: throw Failure.tooManyStreams
        case .takenOver: throw Failure.streamTakenOver
        }
    }

    /// The item is not played here any more; nothing happens when it was not.
    package func end(_ publicID: String, in scope: Scope) async throws {
        guard let viewer = counted(scope) else { return }
        let now = effects.now()
        try await database.write(.locking, label: "stream.end") { db in
            _ = try db.execute(StreamQueries.end(viewer, publicID, at: now))
        }
    }

    /// Ends one of the asking account's streams, to make room for another; whoever plays it is told within seconds.
    /// - Throws: `Failure.notFound` when it is nobody's or somebody else's.
    package func takeOver(_ stream: String, in scope: Scope) async throws {
        let account = try scope.requireAccount()
        let now = effects.now()
        try await database.write(.locking, label: "stream.take_over") { db in
            guard try db.execute(StreamQueries.takeOver(stream, of: account, at: now)) == 1 else {
                throw Failure.notFound
            }
        }
    }

    /// What the asking account plays just now.
    package func list(in scope: Scope) async throws -> [OpenStream] {
        let account = try scope.requireAccount()
        let since = effects.now() - Self.lifetime
        return try await database.read { db in
            try db.all(StreamQueries.live(of: account, since: since), as: OpenStream.init)
        }
    }

    private func counted(_ scope: Scope) -> StreamViewer? {
        scope.limits.streams == nil ? nil : StreamViewer(scope)
    }

    private func known(_ publicID: String, _ viewer: StreamViewer) async throws -> OwnStream? {
        try await recent.found(for: Question(viewer: viewer, publicID: publicID)) {
            try await database.read { db in try db.first(StreamQueries.own(viewer, publicID)).map(OwnStream.init) }
        }
    }

    private func uncounted(_ publicID: String, in scope: Scope) async throws -> StreamAnswer {
        guard try await database.read({ db in try db.exists(MediaQueries.visible(publicID, in: scope)) }) else {
            throw Failure.notFound
        }
        return .playing
    }

    /// All in one transaction, and the account's row is locked: whoever counts sees every claim that was granted before.
    private func claim(
        _ publicID: String,
        _ viewer: StreamViewer,
        isWanted: Bool,
        in scope: Scope
    ) async throws -> StreamAnswer {
        let (id, now) = (effects.publicID(), effects.now())
        let since = now - Self.lifetime
        return try await database.write(.locking, label: "stream.claim") { db in
            guard try db.exists(StreamQueries.lock(viewer.account)),
                let media = try db.first(MediaQueries.visible(publicID, in: scope)).map(Media.init)
            else { throw Failure.notFound }
            let own = try db.first(StreamQueries.own(viewer, publicID), as: OwnStream.init)
            if !isWanted, let own, own.isHeldOff(at: now) { return .takenOver }
            let others = try db.rows(StreamQueries.live(of: viewer.account, since: since)).filter { row in
                try row["viewer"] != viewer.key || row["media_id"] != media.id
            }
            if let limit = try UserTypes.ofAccount(viewer.account, on: db).limits.streams, others.count >= limit {
                return .full(limit: limit, others: try others.map(OpenStream.init))
            }
            try db.execute(StreamQueries.claim(media.id, viewer, id, since: since, at: now))
            return .playing
        }
    }
}

extension Platform {
    /// Whether a long answer may go on: who asks is still who they were, and what moves still counts as playing.
    package func mayGoOn(
        _ publicID: String,
        in scope: Scope,
        hasMoved: Bool,
        if isKnown: () async -> Bool
    ) async -> Bool {
        guard await isKnown() else { return false }
        guard hasMoved else { return true }
        return (try? await streams.admit(publicID, in: scope)) != nil
    }
}

/// Forgets streams of yesterday, every hour.
struct StreamSweep: JobHandler {
    let kind: JobKind = "streams.sweep"
    let every: Duration? = .hours(1)
    let effects: Effects

    func run(_ job: RunningJob) async throws {
        let before = effects.now() - .days(1)
        try await job.complete { db in try db.execute(StreamQueries.sweep(before: before)) }
    }
}
