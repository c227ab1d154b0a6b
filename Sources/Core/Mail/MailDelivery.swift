package import Integrations
package import Persistence

/// Sends one mail of the outbox.
///
/// The server's "I have it" and our own note of it are two things: should the program die between them, the mail is sent
/// again, under the same message id. It is never lost, and a refusal is final.
package struct MailDelivery: JobHandler {
    static let kind: JobKind = "mail.send"

    package let kind: JobKind = MailDelivery.kind
    package let concurrency = 4
    private let database: any Database
    private let effects: Effects
    private let post: LetterPost

    package init(
        database: any Database,
        effects: Effects,
        mailer: any Mailer,
        writer: any LetterWriter,
        sender: Mailbox
    ) {
        self.database = database
        self.effects = effects
        post = LetterPost(mailer: mailer, writer: writer, sender: sender, effects: effects)
    }

    package func run(_ job: RunningJob) async throws {
        guard let id = job.payload["mail"].flatMap({ Int64($0) }).map({ ID<Mail>($0) }) else {
            throw JobFailure.permanent("The job names no mail.")
        }
        let mail = try await database.read { db in try db.first(MailQueries.find(id)).map(Mail.init) }
        guard let mail, mail.state == .waiting else { return try await job.complete() }
        guard let letter = try await letter(for: mail) else { return try await end(mail, as: .dropped, of: job) }
        do {
            try await post.send(letter, to: mail.recipient, id: "mail-\(mail.id)-\(mail.createdAt.milliseconds)")
        } catch MailFailure.refused(let reason) {
            return try await end(mail, as: .refused, reason: reason, of: job)
        } catch MailFailure.temporary(let reason) {
            try await database.write(.locking) { db in try db.execute(MailQueries.note(mail.id, reason: reason)) }
            throw JobFailure.temporary(reason)
        }
        try await end(mail, as: .sent, of: job)
    }

    private func end(_ mail: Mail, as state: Mail.State, reason: String? = nil, of job: RunningJob) async throws {
        let now = effects.now()
        try await job.complete { db in
            try db.execute(MailQueries.end(mail.id, as: state, reason: reason, at: now))
            guard state == .refused else { return }
            try Audit.record(
                AuditEvent("mail.refused", .account(mail.account), details: ["kind": mail.kind.rawValue]),
                in: .system(tenant: mail.tenant),
                at: now,
                on: db
            )
        }
    }

    /// What to write; nil when nobody waits for it any more. Its link is made now: only its hash is ever stored, and its time
    /// begins when it is sent, however long the server was away.
    private func letter(for mail: Mail) async throws -> Letter? {
        let content = MailContent(mail: mail, token: mail.kind.hasLink ? effects.secret() : nil, now: effects.now())
        return try await database.write { db in try content.letter(on: db) }
    }
}
