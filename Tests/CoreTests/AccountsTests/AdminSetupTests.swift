import Core
import Persistence
import TestSupport
import Testing

@Suite("The first administrator")
struct AdminSetupTests {
    private static func registration(_ name: String = "root", password: String = "a very long secret") -> Registration {
        Registration(
            username: name,
            email: "\(name)@example.com",
            password: password,
            passwordConfirmation: password
        )
    }

    private func withSetup(
        _ engine: Engine,
        _ body: (AdminSetup, Accounts, TestEffects) async throws -> Void
    ) async throws {
        try await withDatabase(engine) { database in
            let world = TestEffects()
            let accounts = Accounts(database: database, effects: world.effects, passwords: CheapPasswords())
            try await body(AdminSetup(accounts: accounts), accounts, world)
        }
    }

    private let visitor = Scope.visitor(tenant: .platform)

    @Test("The link makes one administrator, once", arguments: Engine.available)
    func once(engine: Engine) async throws {
        try await withSetup(engine) { setup, _, _ in
            let token = try #require(try await setup.issue())
            try await setup.check(token)
            let admin = try await setup.createAdmin(token: token, Self.registration(), in: visitor)
            #expect(admin.typeCode == "admin")
            await #expect(throws: Failure.setupLinkGone) { try await setup.check(token) }
            await #expect(throws: Failure.setupLinkGone) {
                try await setup.createAdmin(token: token, Self.registration("other"), in: visitor)
            }
            #expect(try await setup.issue() == nil, "there is an administrator already")
        }
    }

    /// Two lines each forbid a second one: the look for an administrator in `createAdmin`, and `used_at IS NULL` in the
    /// link's UPDATE. Without both this fails.
    @Test("Fifty uses at once make one administrator", arguments: Engine.available)
    func race(engine: Engine) async throws {
        try await withSetup(engine) { setup, accounts, _ in
            let token = try #require(try await setup.issue())
            let outcomes = await withTaskGroup(of: Result<Account, any Error>.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        do {
                            return .success(
                                try await setup.createAdmin(
                                    token: token,
                                    Self.registration("root\(number)"),
                                    in: .visitor(tenant: .platform)
                                )
                            )
                        } catch { return .failure(error) }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            var made = 0
            for outcome in outcomes {
                switch outcome {
                case .success: made += 1
                case .failure(let error): #expect(error as? Failure == .setupLinkGone, "\(error)")
                }
            }
            #expect(made == 1)
            #expect(try await accounts.list(in: .system()).items.count == 1)
        }
    }

    @Test("What was typed wrongly leaves the link as it was", arguments: Engine.available)
    func wrongly(engine: Engine) async throws {
        try await withSetup(engine) { setup, _, _ in
            let token = try #require(try await setup.issue())
            let failure = await #expect(throws: Failure.self) {
                try await setup.createAdmin(token: token, Self.registration(password: "short"), in: visitor)
            }
            #expect(failure?.fields.map(\.field) == ["password"])
            _ = try await setup.createAdmin(token: token, Self.registration(), in: visitor)
        }
    }

    @Test("The link ends after a day", arguments: Engine.available)
    func expires(engine: Engine) async throws {
        try await withSetup(engine) { setup, _, world in
            let token = try #require(try await setup.issue())
            world.advance(by: AdminSetup.lifetime)
            await #expect(throws: Failure.setupLinkGone) { try await setup.check(token) }
            await #expect(throws: Failure.setupLinkGone) {
                try await setup.createAdmin(token: token, Self.registration(), in: visitor)
            }
        }
    }

    @Test("A new link ends the one before; a made-up one opens nothing", arguments: Engine.available)
    func replaced(engine: Engine) async throws {
        try await withSetup(engine) { setup, _, _ in
            let first = try #require(try await setup.issue())
            let second = try #require(try await setup.issue())
            await #expect(throws: Failure.setupLinkGone) { try await setup.check(first) }
            await #expect(throws: Failure.setupLinkGone) { try await setup.check("") }
            try await setup.check(second)
        }
    }

    @Test("An administrator made at the command line ends the link", arguments: Engine.available)
    func commandLine(engine: Engine) async throws {
        try await withSetup(engine) { setup, accounts, _ in
            let token = try #require(try await setup.issue())
            _ = try await accounts.create(
                NewAccount(
                    username: "boss",
                    email: "boss@example.com",
                    password: "a very long secret",
                    typeCode: "admin"
                ),
                in: .system()
            )
            await #expect(throws: Failure.setupLinkGone) {
                try await setup.createAdmin(token: token, Self.registration(), in: visitor)
            }
        }
    }
}
