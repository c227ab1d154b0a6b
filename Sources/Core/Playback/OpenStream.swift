import Persistence

/// Something that an account plays just now.
package struct OpenStream: Sendable, Hashable {
    package let publicID: String
    /// Of the item.
    package let title: String
    package let startedAt: Timestamp
    /// Which browser plays it; nil for a program.
    package let userAgent: String?
    /// The name of the API token by which a program plays it.
    package let program: String?

    init(_ row: Row) throws {
        publicID = try row["public_id"]
        title = try row["title"]
        startedAt = try row["started_at"]
        userAgent = try row.optional("user_agent")
        program = try row.optional("program")
    }
}

/// What came of the wish to play something.
package enum StreamAnswer: Sendable, Hashable {
    case playing
    /// As many as the account may play at once are playing.
    case full(limit: Int, others: [OpenStream])
    /// It was ended from elsewhere, to play something there.
    case takenOver
}

/// Where something is played, as far as it can be told apart: a browser's session, or a program's token.
struct StreamViewer: Sendable, Hashable {
    let account: ID<Account>
    let credential: Scope.Credential

    /// Nil for whoever is not counted: visitors, jobs and commands.
    init?(_ scope: Scope) {
        guard let account = scope.account, let credential = scope.credential else { return nil }
        self.account = account
        self.credential = credential
    }

    var key: String {
        switch credential {
        case .session(let id): "session:\(id.value)"
        case .token(let id): "token:\(id.value)"
        case .address(let id, let player): "address:\(id.value):\(player)"
        }
    }

    var session: ID<Session>? {
        switch credential {
        case .session(let id), .address(let id, _): id
        case .token: nil
        }
    }

    var token: ID<APIToken>? {
        if case .token(let id) = credential { return id }
        return nil
    }
}

/// What is known of one's own stream of one item.
struct OwnStream: Sendable {
    let seenAt: Timestamp
    let endedAt: Timestamp?
    let isTakenOver: Bool

    init(_ row: Row) throws {
        seenAt = try row["seen_at"]
        endedAt = try row.optional("ended_at")
        isTakenOver = try row["is_taken_over"]
    }

    func isLive(at now: Timestamp) -> Bool { endedAt == nil && now - seenAt < Streams.lifetime }

    /// Whether its player ended it a moment ago.
    func hasJustEnded(at now: Timestamp) -> Bool {
        !isTakenOver && endedAt.map { now - $0 < .seconds(3) } ?? false
    }

    /// Whoever was sent away is held off as long as a stream that nobody hears of lives.
    func isHeldOff(at now: Timestamp) -> Bool {
        isTakenOver && endedAt.map { now - $0 < Streams.lifetime } ?? false
    }
}

extension Failure {
    package static let tooManyStreams = Failure(
        .tooMany,
        "too_many_streams",
        "Your account plays as many things at once as it may. End one of them first.",
        retryAfter: Streams.lifetime
    )
    package static let streamEnded = Failure(.conflict, "stream_ended", "This is not played here any more.")
    package static let streamTakenOver = Failure(
        .conflict,
        "stream_taken_over",
        "This was ended from elsewhere, to play something there."
    )
}
