import Core
import Persistence
import TestSupport
import Testing

@Suite("Registration")
struct RegistrationTests {
    private static let visitor = Scope.visitor(
        tenant: .platform,
        origin: Scope.Origin(address: "192.0.2.1", userAgent: "Browser/1", requestID: "r1")
    )

    private static func registration(
        _ username: String = "nora",
        email: String? = nil,
        password: String = "a very long secret",
        again: String? = nil
    ) -> Registration {
        Registration(
            username: username,
            email: email ?? "\(username)@example.com",
            password: password,
            passwordConfirmation: again ?? password
        )
    }

    @Test("A new account is basic, active and alone", arguments: Engine.available)
    func registers(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let accounts = Accounts(
                database: database,
                effects: TestEffects().effects,
                passwords: CheapPasswords()
            )
            let account = try await accounts.register(
                Self.registration("Nora", email: " Nora@Example.com "),
                in: Self.visitor
            )
            #expect(account.username == "Nora" && account.email == "Nora@Example.com")
            #expect(account.typeCode == "basic" && account.status == .active && account.parent == nil)
            #expect(account.tenant == .platform && account.createdAt == TestEffects.start)
            #expect(account.publicID.count == 11)
            let (tree, profiles) = try await database.read { db in
                (
                    try db.rows("SELECT ancestor_id, depth FROM account_tree WHERE descendant_id = \(account.id)")
                        .count,
                    try db.rows("SELECT id FROM profile WHERE account_id = \(account.id) AND is_default = 1").count
                )
            }
            #expect(tree == 1 && profiles == 1)
            let entries = try await Audit(database: database, effects: .live).list(in: .system()).items
            #expect(entries.map(\.action) == ["account.registered"])
            #expect(entries.first?.personal?.address == "192.0.2.1")
        }
    }

    @Test("Every field's problem is said at once", arguments: Engine.available)
    func allProblems(engine: Engine) async throws {
        try await withDatabase(engine) { database async throws in
            let accounts = Accounts(database: database, effects: TestEffects().effects, passwords: CheapPasswords())
            let failure = await #expect(throws: Failure.self) {
                try await accounts.register(
                    Registration(username: "x", email: "nowhere", password: "short", passwordConfirmation: "other"),
                    in: Self.visitor
                )
            }
            #expect(failure?.kind == .invalid)
            #expect(failure?.fields.map(\.field) == ["username", "email", "password", "password_confirmation"])
            #expect(try await Self.countAccounts(database) == 0)
        }
    }

    @Test(
        "A taken name and a taken address are said at their fields, however they are written",
        arguments: Engine.available
    )
    func taken(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let passwords = CheapPasswords()
            let accounts = Accounts(database: database, effects: TestEffects().effects, passwords: passwords)
            _ = try await accounts.register(Self.registration("nora"), in: Self.visitor)
            let failure = await #expect(throws: Failure.self) {
                try await accounts.register(
                    Self.registration("NORA", email: "NORA@EXAMPLE.COM"),
                    in: Self.visitor
                )
            }
            #expect(failure?.fields.map(\.field) == ["username", "email"])
            #expect(passwords.counts.hashed == 1, "a refused registration costs no hash")
        }
    }

    /// Fails when the INSERT's ON CONFLICT is removed: the lookup before it finds the address free for all of them.
    @Test("Of many who want the same address at once one gets it", arguments: Engine.available)
    func race(engine: Engine) async throws {
        try await withDatabase(engine) { database async throws in
            let accounts = Accounts(database: database, effects: TestEffects().effects, passwords: CheapPasswords())
            let outcomes = await withTaskGroup(of: Result<Account, any Error>.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        do {
                            return .success(
                                try await accounts.register(
                                    Self.registration("nora\(number)", email: "same@example.com"),
                                    in: Self.visitor
                                )
                            )
                        } catch { return .failure(error) }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            var won = 0
            for outcome in outcomes {
                switch outcome {
                case .success: won += 1
                case .failure(let error): #expect((error as? Failure)?.fields.map(\.field) == ["email"], "\(error)")
                }
            }
            #expect(won == 1)
            #expect(try await Self.countAccounts(database) == 1)
        }
    }

    @Test("The same name is free in another tenant", arguments: Engine.available)
    func tenants(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let effects = TestEffects().effects
            let accounts = Accounts(database: database, effects: effects, passwords: CheapPasswords())
            let brand = try await Tenants(database: database, effects: effects).create(name: "Brand", in: .system())
            let here = try await accounts.register(Self.registration(), in: Self.visitor)
            let there = try await accounts.register(Self.registration(), in: .visitor(tenant: brand.id))
            #expect(here.tenant != there.tenant && here.id != there.id)
        }
    }

    @Test(
        "A username is 3 to 32 plain characters",
        arguments: [
            "", "ab", String(repeating: "a", count: 33), "no spaces", "tab\there", "ünïcode", "аdmin", ".dot", "dash-",
            "a@b.c", "a/b", "null\u{0}byte", "<b>bold</b>",
        ]
    )
    func badUsernames(text: String) {
        #expect(throws: Failure.FieldProblem.self) { try Username(text) }
    }

    @Test(
        "Good usernames are taken as they are",
        arguments: ["abc", "Nora.B-1_x", "007", String(repeating: "a", count: 32)]
    )
    func goodUsernames(text: String) throws {
        #expect(try Username(text).text == text)
    }

    @Test(
        "What no mail can reach is no address",
        arguments: [
            "", "@", "a@", "@b.de", "a@b", "a@b@c.de", "a b@c.de", "a@b..de", "a@-b.de", "a@b-.de", ".a@b.de",
            "a.@b.de",
            "a..b@c.de", "a@1.2.3.4", "a@b.de\r\nBcc: c@d.de", "a@[127.0.0.1]", "\"a b\"@c.de", "ä@b.de",
            String(repeating: "a", count: 65) + "@b.de", "a@" + String(repeating: "b.", count: 130) + "de",
        ]
    )
    func badAddresses(text: String) {
        #expect(throws: Failure.FieldProblem.self) { try EmailAddress(text) }
    }

    @Test(
        "Good addresses are taken as they are",
        arguments: ["a@b.de", "first.last+tag@sub.example.co.uk", "o'hara@example.com", "x@xn--mller-kva.example"]
    )
    func goodAddresses(text: String) throws {
        #expect(try EmailAddress(text).text == text)
    }

    private static func countAccounts(_ database: any Database) async throws -> Int {
        try await database.read { db in try db.value("SELECT count(*) FROM account") ?? 0 }
    }
}
