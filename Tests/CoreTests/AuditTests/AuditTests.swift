import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Audit")
struct AuditTests {
    private let rita = Scope(
        actor: .account(ID(7)),
        tenant: .platform,
        permissions: [],
        origin: Scope.Origin(address: "192.0.2.9", userAgent: "Browser/3", requestID: "req-1")
    )

    private func record(
        _ action: String,
        _ subject: AuditSubject? = nil,
        details: [String: String] = [:],
        in scope: Scope? = nil,
        at now: Timestamp = TestEffects.start,
        _ database: any Database
    ) async throws {
        let event = AuditEvent(action, subject, details: details)
        let scope = scope ?? rita
        try await database.write { db in try Audit.record(event, in: scope, at: now, on: db) }
    }

    @Test("An entry says who did what to what, when and from where", arguments: Engine.available)
    func entry(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await record("media.deleted", .account(ID(3)), details: ["title": "Ünïcode \"quoted\""], database)
            let entry = try #require(
                try await Audit(database: database, effects: .live).list(in: .system()).items.first
            )
            #expect(entry.action == "media.deleted" && entry.actor == ID(7) && entry.actorKind == .account)
            #expect(entry.subject == .account(ID(3)) && entry.requestID == "req-1")
            #expect(entry.happenedAt == TestEffects.start && entry.sequence == nil)
            #expect(entry.personal?.details == ["title": "Ünïcode \"quoted\""])
            #expect(entry.personal?.address == "192.0.2.9" && entry.personal?.userAgent == "Browser/3")
        }
    }

    @Test("An entry is undone with the change that it tells of", arguments: Engine.available)
    func rolledBack(engine: Engine) async throws {
        struct Interrupted: Error {}
        try await withDatabase(engine) { database async throws in
            await #expect(throws: Interrupted.self) {
                try await database.write { [rita] db in
                    try Audit.record(AuditEvent("x", nil), in: rita, at: TestEffects.start, on: db)
                    throw Interrupted()
                }
            }
            #expect(try await Audit(database: database, effects: .live).list(in: .system()).items.isEmpty)
        }
    }

    @Test("Lists are filtered and go on where they stopped", arguments: Engine.available)
    func list(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let audit = Audit(database: database, effects: .live)
            for number in 0..<6 {
                try await record(
                    number.isMultiple(of: 2) ? "even" : "odd",
                    .account(ID(Int64(number))),
                    in: number < 3 ? rita : .system(),
                    at: TestEffects.start + .seconds(Int64(number)),
                    database
                )
            }
            func actions(_ filter: Audit.Filter) async throws -> [Int64?] {
                try await audit.list(filter, in: .system()).items.map { $0.subject?.id }
            }
            #expect(try await actions(Audit.Filter()) == [5, 4, 3, 2, 1, 0])
            #expect(try await actions(Audit.Filter(actor: ID(7))) == [2, 1, 0])
            #expect(try await actions(Audit.Filter(action: "odd")) == [5, 3, 1])
            #expect(try await actions(Audit.Filter(subject: .account(ID(4)))) == [4])
            #expect(
                try await actions(
                    Audit.Filter(since: TestEffects.start + .seconds(2), until: TestEffects.start + .seconds(4))
                )
                    == [3, 2]
            )
            let first = try await audit.list(limit: 4, in: .system())
            let rest = try await audit.list(behind: first.next, limit: 4, in: .system())
            #expect((first.items + rest.items).map { $0.subject?.id } == [5, 4, 3, 2, 1, 0] && rest.next == nil)
        }
    }

    @Test("Only who may sees the trail", arguments: Engine.available)
    func permission(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let cast = try await Cast(on: database)
            let audit = Audit(database: database, effects: .live)
            for member in [cast.rita, cast.sam, cast.uma] {
                await #expect(throws: Failure.forbidden) { try await audit.list(in: member.scope) }
            }
            await #expect(throws: Failure.notSignedIn) { try await audit.list(in: .visitor(tenant: .platform)) }
            #expect(try await audit.list(in: cast.root.scope).items.count == 6)
        }
    }

    @Test("Who may see the trail but not everything sees the own tenant's", arguments: Engine.available)
    func ownTenant(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await record("here", nil, database)
            try await record("there", nil, in: .system(tenant: ID(2)), database)
            let auditor = Scope(actor: .account(ID(1)), tenant: .platform, permissions: [.seeAudit])
            let seen = try await Audit(database: database, effects: .live).list(in: auditor).items
            #expect(seen.map(\.action) == ["here"])
        }
    }

    @Test("Secrets never reach the trail", arguments: Engine.available)
    func noSecrets(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let world = TestEffects()
            let accounts = Accounts(database: database, effects: world.effects, passwords: CheapPasswords())
            let cast = try await Cast(accounts)
            let sessions = Sessions(database: database, effects: world.effects)
            let visitor = Scope.visitor(tenant: .platform)
            _ = try await accounts.signIn(
                SignIn(
                    email: "a secret typed in the wrong field",
                    password: cast.uma.password,
                    client: "c",
                    device: nil
                ),
                in: visitor
            )
            _ = try await accounts.signIn(
                SignIn(email: cast.uma.email, password: cast.uma.password, client: "c", device: nil),
                in: visitor
            )
            let session = try await sessions.start(for: cast.sam.id, in: visitor).token
            try await sessions.end(session, in: cast.sam.scope)
            let token = try await APITokens(database: database, effects: world.effects).create(
                name: "t",
                permissions: [.useAPI],
                for: cast.sam.id,
                in: cast.sam.scope
            )
            let contents: [String] = try await database.read { db in
                try db.all("SELECT content FROM audit_personal") { try $0["content"] }
            }
            for content in contents {
                #expect(!content.contains("secret") && !content.contains(session) && !content.contains(token.secret))
            }
        }
    }
}
