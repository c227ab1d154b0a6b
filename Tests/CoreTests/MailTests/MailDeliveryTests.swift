import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("The outbox")
struct MailDeliveryTests {
    @Test("A mail is written with the account, sent once, and noted", arguments: Engine.available)
    func sent(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let nora = try await house.register("nora")
            #expect(try await house.mails(of: nora).map(\.state) == [.waiting])
            try await house.runJobs()
            try await house.runJobs()
            let mail = try #require(house.bag.delivered.first)
            #expect(house.bag.delivered.count == 1)
            #expect(mail.to == Mailbox(name: "nora", address: "nora@example.com"))
            #expect(mail.from == Mailbox(name: "MediaShare", address: "media@example.org"))
            #expect(mail.html == "de", "the reader's language goes with the mail")
            #expect(try await house.mails(of: nora).map(\.state) == [.sent])
        }
    }

    @Test("A registration that is refused sends nothing", arguments: Engine.available)
    func refusedRegistration(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            await #expect(throws: Failure.self) { try await house.register("uma") }
            try await house.runJobs()
            #expect(house.bag.tries == 0)
        }
    }

    @Test("A refusal is written down with the server's words and never tried again", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let nora = try await house.register("nora")
            house.bag.fail(with: .refused("550 5.1.1 nobody of that name"))
            for _ in 0..<3 { try await house.runJobs() }
            let mail = try #require(try await house.mails(of: nora).first)
            #expect(house.bag.tries == 1)
            #expect(mail.state == .refused && mail.reason == "550 5.1.1 nobody of that name")
            #expect(try await house.actions().first == "mail.refused")
        }
    }

    @Test("A server that is away is tried again, under the same message id", arguments: Engine.available)
    func away(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let nora = try await house.register("nora")
            house.bag.fail(with: .temporary("421 come back later"))
            for _ in 0..<2 {
                let ends = try await house.runJobs()
                #expect(throws: JobFailure.self) { try ends.first?.get() }
            }
            let waiting = try #require(try await house.mails(of: nora).first)
            #expect(waiting.state == .waiting && waiting.reason == "421 come back later")
            house.bag.fail(with: nil)
            try await house.runJobs()
            #expect(house.bag.tries == 3 && house.bag.delivered.count == 1)
            let id = "mail-\(waiting.id)-\(waiting.createdAt.milliseconds)@example.org"
            #expect(house.bag.delivered.first?.messageID == id)
            #expect(try await house.mails(of: nora).first?.state == .sent)
        }
    }

    @Test("Nothing is sent to an account that was suspended meanwhile", arguments: Engine.available)
    func dropped(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let nora = try await house.register("nora")
            try await house.accounts.setStatus(.suspended, of: nora.id, in: house.cast.root.scope)
            try await house.runJobs()
            #expect(house.bag.tries == 0)
            #expect(try await house.mails(of: nora).map(\.state) == [.dropped])
        }
    }

    @Test("What opens an account lies in no table", arguments: Engine.available)
    func noSecrets(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            _ = try await house.register("nora")
            try await house.runJobs()
            let token = house.token(.verifyEmail)
            try #require(token.count == 43)
            let texts = try await house.database.read { db in
                try db.all("SELECT payload AS text FROM job") { row in try row["text"] as String }
            }
            #expect(!texts.contains { $0.contains(token) })
            let hashes = try await house.database.read { db in
                try db.all("SELECT secret_hash FROM email_link") { row in try row["secret_hash"] as [UInt8] }
            }
            #expect(hashes == [SecretHash.of(token)])
        }
    }

    @Test("Mails that ended are forgotten after a month; those that wait stay", arguments: Engine.available)
    func sweep(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let nora = try await house.register("nora")
            try await house.runJobs()
            let olga = try await house.register("olga")
            house.world.advance(by: .days(31))
            let before = house.world.now - .days(30)
            try await house.database.write { db in _ = try db.execute(MailQueries.sweep(before: before)) }
            #expect(try await house.mails(of: nora).isEmpty)
            #expect(try await house.mails(of: olga).count == 1)
        }
    }

    @Test("An account's mails come from an index", arguments: Engine.available)
    func plan(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let own = Scope(actor: .account(ID(1)), tenant: .platform, permissions: [])
            let count = MailQueries.count(.verifyEmail, of: ID(1), since: Timestamp(milliseconds: 0))
            for statement in [MailQueries.list(of: ID(1), limit: 50, in: own), count] {
                let plan = try await database.read { db in try db.explain(statement) }
                #expect(!plan.scansTable("m") && !plan.scansTable("mail") && !plan.sorts, "\(plan)")
            }
        }
    }
}
