import Persistence
import TestSupport
import Testing

@testable import Core

/// Every list's every order comes from an index, and what lies on every request's way reads rows by their keys.
@Suite("People: query plans")
struct PeoplePlanTests {
    private let root = Scope(actor: .account(ID(1)), tenant: .platform, permissions: Set(Permission.allCases))
    private let own = Scope(actor: .account(ID(1)), tenant: .platform, permissions: [])
    private let cursor = Cursor(.number(1), id: 1)
    private let limits = SessionLimits(
        kept: SessionLifetime(idle: .hours(10), absolute: .days(2)),
        now: TestEffects.start
    )

    private func plan(_ sql: SQL, _ database: any Database) async throws -> QueryPlan {
        try await database.read { db in try db.explain(sql) }
    }

    @Test("A request's session and a request's token are found by their keys", arguments: Engine.available)
    func hotPaths(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let session = try await plan(SessionQueries.resumeStatement([1]), database)
            #expect(!session.scansTable("s") && !session.scansTable("a") && !session.scansTable("ut"), "\(session)")
            let token = try await plan(APITokenQueries.bearerStatement([1]), database)
            #expect(!token.scansTable("t") && !token.scansTable("a") && !token.scansTable("ut"), "\(token)")
        }
    }

    @Test("Accounts are listed from an index in every order", arguments: Engine.available)
    func accounts(engine: Engine) async throws {
        let indexes: [Accounts.Sort: String] = [
            .newest: "account_by_tenant_created", .oldest: "account_by_tenant_created",
            .username: "account_by_tenant_username",
        ]
        try await withDatabase(engine) { database in
            for sort in Accounts.Sort.allCases {
                let key: Cursor.Key = sort == .username ? .text("a") : .number(1)
                for behind in [nil, Cursor(key, id: 1)] {
                    let statement = try AccountQueries.listStatement(sort, behind: behind, limit: 50, in: root)
                    let plan = try await plan(statement, database)
                    #expect(plan.usesIndex(try #require(indexes[sort])) && !plan.sorts, "\(sort): \(plan)")
                }
            }
        }
    }

    @Test("Sessions and tokens are listed from an index", arguments: Engine.available)
    func sessionsAndTokens(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            for behind in [nil, cursor] {
                let sessions = try await plan(
                    SessionQueries.list(of: ID(1), behind: behind, limit: 50, within: limits, in: own),
                    database
                )
                #expect(sessions.usesIndex("session_by_account") && !sessions.sorts, "\(sessions)")
                let tokens = try await plan(
                    APITokenQueries.list(of: ID(1), behind: behind, limit: 50, in: own),
                    database
                )
                #expect(tokens.usesIndex("api_token_by_account") && !tokens.sorts, "\(tokens)")
            }
        }
    }

    @Test("The audit trail is listed from an index, whatever it is filtered by", arguments: Engine.available)
    func audit(engine: Engine) async throws {
        let lists: [(Audit.Filter, ID<Tenant>?)] = [
            (Audit.Filter(), nil), (Audit.Filter(), .platform), (Audit.Filter(actor: ID(1)), nil),
            (Audit.Filter(subject: .account(ID(1))), nil), (Audit.Filter(action: "x"), nil),
        ]
        try await withDatabase(engine) { database in
            for (filter, tenant) in lists {
                for behind in [nil, cursor] {
                    let statement = AuditQueries.listStatement(filter, tenant: tenant, behind: behind, limit: 50)
                    let plan = try await plan(statement, database)
                    #expect(!plan.sorts && !plan.scansTable("e"), "\(filter): \(plan)")
                }
            }
        }
    }
}
