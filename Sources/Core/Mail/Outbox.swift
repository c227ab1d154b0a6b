package import Persistence

/// Mails that wait for their way out, and what became of the others.
package struct Outbox: Sendable {
    private let database: any Database

    package init(database: any Database) {
        self.database = database
    }

    /// How often a mail is tried: with the pauses of `JobBackoff` that is most of a day.
    private static let tries = 24

    /// Adds a mail inside the transaction of the change that it tells of: there is never one without the other.
    /// - Parameter language: for those who chose none in their profile.
    @discardableResult
    static func add(
        _ kind: Letter.Kind,
        to account: Account,
        language: String,
        about subject: LetterSubject = LetterSubject(),
        at now: Timestamp,
        on db: any Connection
    ) throws -> ID<Mail> {
        let language = account.language ?? language
        let statement = MailQueries.insert(kind, to: account, language: language, about: subject, at: now)
        let id: ID<Mail> = try db.inserted(statement)
        let request = JobRequest(
            kind: MailDelivery.kind,
            payload: ["mail": id.description],
            tenant: account.tenant,
            priority: .high,
            maxAttempts: tries
        )
        try Jobs.enqueue(request, on: db, at: now)
        return id
    }

    /// What was sent to an account lately, newest first. For an account that may be seen.
    package func list(of account: ID<Account>, limit: Int = 50, in scope: Scope) async throws -> [Mail] {
        let statement = MailQueries.list(of: account, limit: min(max(limit, 1), 200), in: scope)
        return try await database.read { db in try db.all(statement, as: Mail.init) }
    }
}

/// Where no mail can be sent, none waits for ever: each is dropped.
struct MailDrop: JobHandler {
    let kind = MailDelivery.kind
    let effects: Effects

    func run(_ job: RunningJob) async throws {
        guard let id = job.payload["mail"].flatMap({ Int64($0) }).map({ ID<Mail>($0) }) else {
            throw JobFailure.permanent("The job names no mail.")
        }
        let now = effects.now()
        try await job.complete { db in try db.execute(MailQueries.end(id, as: .dropped, reason: nil, at: now)) }
    }
}

/// Removes mails that ended a month ago: who got what is nobody's business for longer.
package struct MailSweep: JobHandler {
    package let kind: JobKind = "mail.sweep"
    package let every: Duration? = .hours(6)
    private let effects: Effects

    package init(effects: Effects) {
        self.effects = effects
    }

    package func run(_ job: RunningJob) async throws {
        let before = effects.now() - .days(30)
        try await job.complete { db in try db.execute(MailQueries.sweep(before: before)) }
    }
}
