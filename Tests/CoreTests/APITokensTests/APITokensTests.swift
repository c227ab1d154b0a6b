import Core
import Persistence
import TestSupport
import Testing

@Suite("API tokens")
struct APITokensTests {
    private struct House: Sendable {
        let database: any Database
        let world: TestEffects
        let tokens: APITokens
        let cast: Cast
    }

    private func withHouse(_ engine: Engine, _ body: (House) async throws -> Void) async throws {
        try await withDatabase(engine) { database in
            let world = TestEffects()
            try await body(
                House(
                    database: database,
                    world: world,
                    tokens: APITokens(database: database, effects: world.effects),
                    cast: try await Cast(on: database)
                )
            )
        }
    }

    @Test("A token acts for its account, with no more than it was granted", arguments: Engine.available)
    func authenticates(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let created = try await house.tokens.create(
                name: " backup ",
                permissions: [.upload, .useAPI],
                for: house.cast.sam.id,
                in: house.cast.sam.scope
            )
            #expect(created.secret.hasPrefix("ms_") && created.secret.count == 46)
            #expect(created.token.name == "backup" && created.token.account == house.cast.sam.id)
            let bearer = try #require(try await house.tokens.authenticate(created.secret))
            let scope = bearer.scope(origin: nil)
            #expect(scope.account == house.cast.sam.id && scope.permissions == [.upload, .useAPI])
        }
    }

    @Test("What is no token opens nothing", arguments: Engine.available)
    func badTokens(engine: Engine) async throws {
        try await withHouse(engine) { house async throws in
            for secret in ["", "ms_", "ms_" + String(repeating: "A", count: 43), String(repeating: "A", count: 46)] {
                #expect(try await house.tokens.authenticate(secret) == nil)
            }
        }
    }

    @Test("A token ends at its time, when it is revoked, and with its account", arguments: Engine.available)
    func ends(engine: Engine) async throws {
        try await withHouse(engine) { house in
            func create(_ name: String, until: Timestamp? = nil) async throws -> APITokens.Created {
                try await house.tokens.create(
                    name: name,
                    permissions: [.useAPI],
                    expiresAt: until,
                    for: house.cast.sam.id,
                    in: house.cast.sam.scope
                )
            }
            let short = try await create("short", until: TestEffects.start + .hours(1))
            let revoked = try await create("revoked")
            let long = try await create("long")
            house.world.advance(by: .hours(1))
            #expect(try await house.tokens.authenticate(short.secret) == nil)
            try await house.tokens.revoke(publicID: revoked.token.publicID, in: house.cast.sam.scope)
            #expect(try await house.tokens.authenticate(revoked.secret) == nil)
            await #expect(throws: Failure.notFound) {
                try await house.tokens.revoke(publicID: revoked.token.publicID, in: house.cast.sam.scope)
            }
            #expect(try await house.tokens.authenticate(long.secret) != nil)
            let accounts = Accounts(database: house.database, effects: house.world.effects, passwords: CheapPasswords())
            try await accounts.setStatus(.suspended, of: house.cast.sam.id, in: .system())
            #expect(try await house.tokens.authenticate(long.secret) == nil)
        }
    }

    @Test("A type that loses a permission takes it from tokens at once", arguments: Engine.available)
    func shrinks(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let created = try await house.tokens.create(
                name: "t",
                permissions: [.upload, .useAPI],
                for: house.cast.sam.id,
                in: house.cast.sam.scope
            )
            try await house.database.write { db in
                _ = try db.execute("UPDATE user_type SET permissions = '[\"use_api\"]' WHERE code = 'reseller'")
            }
            #expect(try await house.tokens.authenticate(created.secret)?.scope(origin: nil).permissions == [.useAPI])
            try await house.database.write { db in
                _ = try db.execute("UPDATE user_type SET permissions = '[]' WHERE code = 'reseller'")
            }
            #expect(try await house.tokens.authenticate(created.secret) == nil)
        }
    }

    @Test("Nobody grants what they do not have, and every field's problem is said at once", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let failure = await #expect(throws: Failure.self) {
                try await house.tokens.create(
                    name: " ",
                    permissions: [],
                    expiresAt: TestEffects.start,
                    for: house.cast.sam.id,
                    in: house.cast.sam.scope
                )
            }
            #expect(failure?.fields.map(\.field) == ["name", "permissions", "expires_at"])
            let more = await #expect(throws: Failure.self) {
                try await house.tokens.create(
                    name: "t",
                    permissions: [.manageAll],
                    for: house.cast.sam.id,
                    in: house.cast.sam.scope
                )
            }
            #expect(more?.fields.map(\.field) == ["permissions"])
            await #expect(throws: Failure.apiNotAllowed) {
                try await house.tokens.create(
                    name: "t",
                    permissions: [.upload],
                    for: house.cast.uma.id,
                    in: house.cast.uma.scope
                )
            }
            await #expect(throws: Failure.notFound) {
                try await house.tokens.create(
                    name: "t",
                    permissions: [.upload],
                    for: house.cast.rolf.id,
                    in: house.cast.rita.scope
                )
            }
        }
    }

    @Test("Tokens are listed newest first to whoever may see the account", arguments: Engine.available)
    func list(engine: Engine) async throws {
        try await withHouse(engine) { house in
            for name in ["a", "b", "c"] {
                _ = try await house.tokens.create(
                    name: name,
                    permissions: [.useAPI],
                    for: house.cast.sam.id,
                    in: house.cast.sam.scope
                )
                house.world.advance(by: .seconds(1))
            }
            let first = try await house.tokens.list(of: house.cast.sam.id, limit: 2, in: house.cast.rita.scope)
            #expect(first.items.map(\.name) == ["c", "b"])
            let rest = try await house.tokens.list(of: house.cast.sam.id, behind: first.next, in: house.cast.sam.scope)
            #expect(rest.items.map(\.name) == ["a"] && rest.next == nil)
            #expect(try await house.tokens.list(of: house.cast.sam.id, in: house.cast.rolf.scope).items.isEmpty)
        }
    }

    @Test("The last use is written down at most once a minute", arguments: Engine.available)
    func throttled(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let created = try await house.tokens.create(
                name: "t",
                permissions: [.useAPI],
                for: house.cast.sam.id,
                in: house.cast.sam.scope
            )
            func lastUse() async throws -> Timestamp? {
                try await house.tokens.list(of: house.cast.sam.id, in: house.cast.sam.scope).items.first?.lastUsedAt
            }
            #expect(try await lastUse() == nil)
            _ = try await house.tokens.authenticate(created.secret)
            #expect(try await lastUse() == TestEffects.start)
            house.world.advance(by: .seconds(30))
            _ = try await house.tokens.authenticate(created.secret)
            #expect(try await lastUse() == TestEffects.start)
        }
    }
}
