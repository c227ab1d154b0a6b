import Persistence
import TestSupport
import Testing

@testable import Core

/// Every list's every order comes from an index that also answers its filters.
@Suite("Lists: query plans")
struct LibraryPlanTests {
    private let root = Scope(actor: .account(ID(1)), tenant: .platform, permissions: Set(Permission.allCases))
    private let reseller = Scope(actor: .account(ID(2)), tenant: .platform, permissions: [.manageCustomers])
    private let own = Scope(actor: .account(ID(3)), tenant: .platform, permissions: [])
    private let visitor = Scope.visitor(tenant: .platform)

    private func column(_ sort: LibraryRequest.Sort) -> String {
        switch sort {
        case .newest, .oldest: "created"
        case .title: "title"
        case .size: "size"
        case .duration: "duration"
        }
    }

    private func requests(_ shelf: LibraryRequest.Shelf, _ sort: LibraryRequest.Sort) -> [LibraryRequest] {
        let cursor = Cursor(sort == .title ? .text("a") : .number(1), id: 1)
        return [
            LibraryRequest(shelf: shelf, sort: sort), LibraryRequest(shelf: shelf, sort: sort, cursor: cursor),
            LibraryRequest(shelf: shelf, sort: sort, kind: .video),
            LibraryRequest(shelf: shelf, sort: sort, kind: .audio, visibility: .public, cursor: cursor),
            LibraryRequest(shelf: shelf, sort: sort, visibility: .unlisted, cursor: cursor),
        ]
    }

    @Test("Every shelf in every order, filtered or not, first page or later", arguments: Engine.available)
    func shelves(engine: Engine) async throws {
        let shelves: [(LibraryRequest.Shelf, Scope, String)] = [
            (.own, own, "own"), (.everybody, visitor, "public"), (.everybody, own, "public"), (.managed, root, "all"),
            (.managed, own, "own"),
        ]
        try await withDatabase(engine) { database in
            try await fill(database)
            for (shelf, scope, name) in shelves {
                for sort in LibraryRequest.Sort.allCases {
                    for request in requests(shelf, sort) {
                        let query = try LibraryQueries.page(request, in: scope)
                        let plan = try await database.read { db in try db.explain(query) }
                        #expect(plan.usesIndex("media_\(name)_\(column(sort))"), "\(request): \(plan)")
                        #expect(!plan.sorts && !plan.scansTable("m"), "\(request): \(plan)")
                    }
                }
            }
        }
    }

    /// PostgreSQL weighs indexes by what is in the table, and of an empty one any will do.
    private func fill(_ database: any Database) async throws {
        guard database.dialect == .postgres else { return }
        try await database.write { db in
            // Without the owners themselves: foreign keys rest for this transaction.
            try db.execute("SET LOCAL session_replication_role = replica")
            try db.execute(
                """
                INSERT INTO media (public_id, tenant_id, owner_id, kind, title, title_key, visibility, status, size,
                    duration, created_at, updated_at)
                SELECT 'm' || n, 1, n % 200, (ARRAY['video', 'audio', 'image', 'document'])[1 + n % 4], 'Item ' || n,
                    'item ' || n, (ARRAY['private', 'unlisted', 'public'])[1 + n % 3], 'ready', n * 7919 % 100000,
                    n * 104729 % 5000, n, n
                FROM generate_series(1, 20000) AS n
                """
            )
            try db.execute("ANALYZE media")
        }
    }

    @Test("A reseller's subtree comes in order from an index", arguments: Engine.available)
    func subtree(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            for sort in LibraryRequest.Sort.allCases {
                for request in requests(.managed, sort) {
                    let query = try LibraryQueries.page(request, in: reseller)
                    let plan = try await database.read { db in try db.explain(query) }
                    #expect(!plan.sorts && !plan.scansTable("m"), "\(request): \(plan)")
                }
            }
        }
    }

    @Test("A search asks the index of words and looks items up by their ids", arguments: Engine.available)
    func search(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            for (shelf, scope) in [(LibraryRequest.Shelf.own, own), (.everybody, visitor), (.managed, root)] {
                let request = LibraryRequest(shelf: shelf, search: "summer holi")
                let query = try LibraryQueries.page(request, in: scope)
                let plan = try await database.read { db in try db.explain(query) }
                #expect(!plan.scansTable("m"), "\(plan)")
                if engine == .sqlite {
                    #expect(plan.description.contains("VIRTUAL TABLE INDEX"), "\(plan)")
                }
            }
        }
    }

    @Test("The trash is listed from an index", arguments: Engine.available)
    func trash(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            for (scope, index) in [(own, "media_trash_of_owner"), (root, "media_trash")] {
                for cursor in [nil, Cursor(.number(1), id: 1)] {
                    let query = try TrashQueries.page(behind: cursor, limit: 50, in: scope)
                    let plan = try await database.read { db in try db.explain(query) }
                    #expect(plan.usesIndex(index) && !plan.sorts, "\(plan)")
                }
            }
        }
    }
}
