import Persistence

/// A piece of durable work: what it is, how far it is, and how it ended.
package struct Job: Sendable, Hashable {
    package let id: ID<Job>
    package let kind: JobKind
    package let state: JobState
    /// From 0 to 1, or nil where the work cannot say.
    package let progress: Double?
    package let message: String?
    package let attempt: Int
    package let maxAttempts: Int
    package let cancelAsked: Bool
    package let lastError: String?
    package let createdAt: Timestamp
    package let startedAt: Timestamp?
    package let finishedAt: Timestamp?

    static let columns: SQL = """
        id, kind, state, progress, message, attempt, max_attempts, cancel_asked, last_error, created_at, started_at,
        finished_at
        """

    init(_ row: Row) throws {
        id = try row["id"]
        kind = try row["kind"]
        state = try row["state"]
        progress = try row.optional("progress")
        message = try row.optional("message")
        attempt = try row["attempt"]
        maxAttempts = try row["max_attempts"]
        cancelAsked = try row["cancel_asked"]
        lastError = try row.optional("last_error")
        createdAt = try row["created_at"]
        startedAt = try row.optional("started_at")
        finishedAt = try row.optional("finished_at")
    }
}

/// What sort of work a job is; each kind has one `JobHandler`.
package struct JobKind: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, SQLConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package init(stringLiteral value: String) {
        rawValue = value
    }
}

/// Who waits for it: a person in front of a page, a person later, or nobody.
package enum JobPriority: Int, Sendable, SQLConvertible {
    case high = 10
    case normal = 20
    case low = 30
}

/// Work to be put into the queue.
package struct JobRequest: Sendable {
    package var kind: JobKind
    package var payload: [String: String]
    package var tenant: ID<Tenant>
    /// Who may watch and cancel it.
    package var owner: ID<Account>?
    package var priority: JobPriority
    /// While a job with this key waits or runs, a second one is not added.
    package var uniqueKey: String?
    package var runAfter: Timestamp?
    package var maxAttempts: Int

    package init(
        kind: JobKind,
        payload: [String: String] = [:],
        tenant: ID<Tenant> = .platform,
        owner: ID<Account>? = nil,
        priority: JobPriority = .normal,
        uniqueKey: String? = nil,
        runAfter: Timestamp? = nil,
        maxAttempts: Int = 8
    ) {
        self.kind = kind
        self.payload = payload
        self.tenant = tenant
        self.owner = owner
        self.priority = priority
        self.uniqueKey = uniqueKey
        self.runAfter = runAfter
        self.maxAttempts = maxAttempts
    }
}
