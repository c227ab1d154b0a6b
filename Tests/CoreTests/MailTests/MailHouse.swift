import Foundation
import Integrations
import Persistence
import Synchronization
import TestSupport

@testable import Core

/// A mailbox instead of a server. It refuses what a test tells it to.
final class Mailbag: Mailer {
    private struct State {
        var delivered: [MailMessage] = []
        var tries = 0
        var failure: MailFailure?
    }

    private let state = Mutex(State())

    var delivered: [MailMessage] { state.withLock { $0.delivered } }
    var tries: Int { state.withLock { $0.tries } }

    func fail(with failure: MailFailure?) { state.withLock { $0.failure = failure } }

    func deliver(_ message: MailMessage) async throws {
        try state.withLock { state in
            state.tries += 1
            if let failure = state.failure { throw failure }
            state.delivered.append(message)
        }
    }
}

/// Letters that say what they are and nothing else: the subject is the kind, the text the token.
struct PlainWriter: LetterWriter {
    func write(_ letter: Letter) -> WrittenLetter {
        WrittenLetter(subject: letter.kind.rawValue, text: letter.token ?? "", html: letter.language)
    }
}

/// Accounts, a clock, and mail that goes into a bag.
struct MailHouse: Sendable {
    let database: any Database
    let world = TestEffects()
    let passwords = CheapPasswords()
    let bag = Mailbag()
    let accounts: Accounts
    let sessions: Sessions
    let cast: Cast

    init(_ database: any Database, withheld: Set<Permission> = []) async throws {
        let policy = EmailPolicy(sendsMail: true, withheld: withheld)
        self.database = database
        accounts = Accounts(database: database, effects: world.effects, passwords: passwords, policy: policy)
        sessions = Sessions(database: database, effects: world.effects, policy: policy)
        cast = try await Cast(accounts)
    }

    let visitor = Scope.visitor(tenant: .platform)

    func register(_ name: String) async throws -> Account {
        let password = Cast.password(of: name)
        let registration = Registration(
            username: name,
            email: "\(name)@example.com",
            password: password,
            passwordConfirmation: password,
            language: "de"
        )
        return try await accounts.register(registration, in: visitor)
    }

    /// Runs what waits: first who gets a link, then the mails themselves. Answers how the runs ended.
    @discardableResult
    func runJobs() async throws -> [Result<Void, any Error>] {
        let delivery = MailDelivery(
            database: database,
            effects: world.effects,
            mailer: bag,
            writer: PlainWriter(),
            sender: Mailbox(name: nil, address: "media@example.org")
        )
        let sender = Mailbox(name: nil, address: "media@example.org")
        let post = LetterPost(mailer: bag, writer: PlainWriter(), sender: sender, effects: world.effects)
        return try await run(AccountLinkJob(effects: world.effects)) + run(delivery)
            + run(SignUpDelivery(database: database, post: post))
    }

    private func run(_ handler: any JobHandler) async throws -> [Result<Void, any Error>] {
        let now = world.now
        let query = JobQueries.claim(
            kinds: [handler.kind],
            limit: 100,
            worker: "test",
            now: now,
            leaseUntil: now + .seconds(30)
        )
        let claims = try await database.write { db in try db.all(query, as: JobClaim.init) }
        var ends: [Result<Void, any Error>] = []
        for claim in claims {
            let job = RunningJob(claim: claim, database: database, effects: world.effects, lease: .seconds(30))
            do {
                try await handler.run(job)
                ends.append(.success(()))
            } catch {
                ends.append(.failure(error))
                try await job.end(as: .waiting, error: nil, runAfter: now)
            }
        }
        return ends
    }

    /// The token of the newest mail of a kind.
    func token(_ kind: Letter.Kind) -> String {
        bag.delivered.last { $0.subject == kind.rawValue }?.text ?? ""
    }

    func mails(of account: Account) async throws -> [Mail] {
        try await Outbox(database: database).list(of: account.id, in: .system())
    }

    func actions() async throws -> [String] {
        try await Audit(database: database, effects: world.effects).list(limit: 200, in: .system()).items.map(\.action)
    }
}

func withMailHouse(
    _ engine: Engine,
    withheld: Set<Permission> = [],
    _ body: (MailHouse) async throws -> Void
) async throws {
    try await withDatabase(engine) { database in try await body(try await MailHouse(database, withheld: withheld)) }
}
