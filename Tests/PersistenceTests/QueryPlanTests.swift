import Persistence
import TestSupport
import Testing

struct QueryPlanTests {
    private func plan(_ engine: Engine, _ sql: SQL) async throws -> QueryPlan {
        try await withDatabase(engine, migrations: [SchemaForTests.account]) { database in
            try await database.read { try $0.explain(sql) }
        }
    }

    @Test("A search by an index", arguments: Engine.available)
    func index(engine: Engine) async throws {
        let plan = try await plan(engine, "SELECT id FROM account WHERE name = \("Uma")")
        #expect(plan.usesIndex("account_name"), "\(plan)")
        #expect(!plan.usesIndex("account"))
        #expect(!plan.scansTable("account") && !plan.sorts, "\(plan)")
    }

    @Test("A list in the order of an index", arguments: Engine.available)
    func order(engine: Engine) async throws {
        let plan = try await plan(engine, "SELECT id FROM account WHERE name > \("M") ORDER BY name DESC LIMIT 20")
        #expect(plan.usesIndex("account_name") && !plan.sorts, "\(plan)")
    }

    @Test("A prefix is found by an index", arguments: Engine.available)
    func prefix(engine: Engine) async throws {
        let plan = try await plan(engine, "SELECT id FROM account WHERE name LIKE 'Um%'")
        #expect(plan.usesIndex("account_name") && !plan.scansTable("account"), "\(plan)")
    }

    @Test("A scan of the whole table, under its alias too", arguments: Engine.available)
    func scan(engine: Engine) async throws {
        let named = try await plan(engine, "SELECT id FROM account WHERE credits = 5")
        #expect(named.scansTable("account") && !named.scansTable("acc"), "\(named)")
        let aliased = try await plan(engine, "SELECT a.id FROM account a WHERE a.credits = 5")
        #expect(aliased.scansTable("a"), "\(aliased)")
    }

    @Test("A sort that no index serves", arguments: Engine.available)
    func sort(engine: Engine) async throws {
        let plan = try await plan(engine, "SELECT id FROM account ORDER BY credits DESC, id DESC LIMIT 20")
        #expect(plan.sorts, "\(plan)")
    }
}
