import Persistence
import TestSupport
import Testing

@testable import Core

/// With 20,000 accounts, as with 200,000: no list sorts the table or reads it through.
@Suite("People: plans of the list")
struct PeoplePlansTests {
    private let root = Scope(actor: .account(ID(1)), tenant: .platform, permissions: Set(Permission.allCases))
    private let reseller = Scope(actor: .account(ID(2)), tenant: .platform, permissions: [.manageCustomers])

    private func requests(_ sort: PeopleRequest.Sort) -> [PeopleRequest] {
        let cursor = Cursor(sort == .username ? .text("user100") : .number(100), id: 100)
        return [nil, cursor].flatMap { cursor in
            [
                PeopleRequest(sort: sort, cursor: cursor),
                PeopleRequest(type: "premium", sort: sort, cursor: cursor),
                PeopleRequest(type: "premium", state: .active, sort: sort, cursor: cursor),
                PeopleRequest(state: .suspended, sort: sort, cursor: cursor),
                PeopleRequest(type: "basic", state: .suspended, sort: sort, cursor: cursor),
                PeopleRequest(state: .closed, sort: sort, cursor: cursor),
                PeopleRequest(state: .unverified, sort: sort, cursor: cursor),
            ]
        }
    }

    @Test("Every order, filtered or not, comes from an index", arguments: Engine.available)
    func lists(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await fill(database)
            for sort in PeopleRequest.Sort.allCases {
                for request in requests(sort) {
                    let query = try PeopleQueries.page(request, below: nil, in: root)
                    let plan = try await database.read { db in try db.explain(query) }
                    #expect(!plan.sorts && !plan.scansTable("a"), "\(request): \(plan)")
                }
            }
        }
    }

    @Test("A search, a subtree and a count look at what they need", arguments: Engine.available)
    func others(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await fill(database)
            let search = PeopleRequest(search: "user1234", sort: .username)
            let statements = [
                try PeopleQueries.page(search, below: nil, in: root),
                try PeopleQueries.page(search, below: nil, in: reseller),
                try PeopleQueries.page(PeopleRequest(), below: nil, in: reseller),
                try PeopleQueries.page(PeopleRequest(), below: ID(7), in: root),
                PeopleQueries.count(search, below: nil, in: root),
                PeopleQueries.count(PeopleRequest(state: .suspended), below: nil, in: root),
                AuditQueries.about(ID(7), limit: 10),
            ]
            for statement in statements {
                let plan = try await database.read { db in try db.explain(statement) }
                #expect(!plan.scansTable("a") && !plan.scansTable("s") && !plan.scansTable("e"), "\(plan)")
            }
        }
    }

    /// One in a hundred is suspended, one in fifty has no proven address, one in ten is premium.
    private func fill(_ database: any Database) async throws {
        try await database.write { db in
            let types = try db.values("SELECT id FROM user_type ORDER BY id", as: Int64.self)
            try db.insert(
                into: "account",
                columns: [
                    "id", "public_id", "tenant_id", "user_type_id", "username", "username_key", "email", "email_key",
                    "status", "storage_used", "created_at", "email_verified_at",
                ],
                rows: (1...20_000).map { (number: Int64) -> [SQLValue] in
                    let name = "user\(number)"
                    return [
                        .integer(number), .text("p\(number)"), .integer(1),
                        .integer(types[number.isMultiple(of: 10) ? 2 : 3]), .text(name), .text(name),
                        .text("\(name)@example.com"), .text("\(name)@example.com"),
                        .text(number.isMultiple(of: 100) ? "suspended" : "active"), .integer(number * 7919 % 100_000),
                        .integer(number), number.isMultiple(of: 50) ? .null : .integer(number),
                    ]
                }
            )
            try db.insert(
                into: "account_tree",
                columns: ["ancestor_id", "descendant_id", "depth"],
                rows: (1...20_000).map { (number: Int64) -> [SQLValue] in
                    [.integer(number), .integer(number), .integer(0)]
                }
            )
            if database.dialect == .postgres { try db.execute("ANALYZE") }
        }
    }
}
