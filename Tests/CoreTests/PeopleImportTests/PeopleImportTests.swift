import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Importing people")
struct PeopleImportTests {
    // In the form of Werkzeug 3; of which password does not matter here.
    private static let hash =
        "pbkdf2:sha256:1000$saltsalt$" + String(repeating: "0a", count: 32)

    private func job(_ house: PeopleHouse) -> ImportJob { ImportJob(accounts: house.accounts) }
    private func imports(_ house: PeopleHouse) -> PeopleImports { PeopleImports(accounts: house.accounts) }

    private func run(_ house: PeopleHouse) async throws {
        let now = house.clock.now
        let query = JobQueries.claim(
            kinds: [ImportJob.kind],
            limit: 10,
            worker: "test",
            now: now,
            leaseUntil: now + .seconds(30)
        )
        let claims: [JobClaim] = try await house.database.write { db in try db.all(query, as: JobClaim.init) }
        for claim in claims {
            let running = RunningJob(
                claim: claim,
                database: house.database,
                effects: house.clock.effects,
                lease: .seconds(30)
            )
            try await job(house).run(running)
        }
    }

    @Test("A list is looked at line by line, and what is right in it comes in", arguments: Engine.available)
    func whole(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let root = house.cast.root.scope
            let text = """
                \u{FEFF}username,email,pw_hashed,user_type,parent
                nora,nora@example.org,\(Self.hash),premium,rita
                "ben",ben@example.org,,reseller,
                cleo,cleo@example.org,,,ben
                otto,new@example.org,,,
                x,not an address,plain text,king,nobody
                NORA,other@example.org,,,
                """
            let id = try await imports(house).handIn(Array(text.utf8), in: root)
            let report = try await imports(house).look(at: id, in: root)
            #expect(report.ready == 3 && report.list.total == 6)
            #expect(
                report.problems.map { "\($0.line) \($0.problem.field)" } == [
                    "5 username", "6 username", "6 email", "6 pw_hashed", "6 user_type", "7 username",
                ]
            )
            #expect(try await house.people.page(PeopleRequest(), in: root).count == 6)

            try await imports(house).start(id, in: root)
            await #expect(throws: Failure.importStarted) { try await imports(house).start(id, in: root) }
            try await run(house)
            let done = try await imports(house).look(at: id, in: root)
            #expect(done.list.state == .done && done.list.added == 3)
            let nora = try await house.accounts.byEmail("nora@example.org", in: root)
            #expect(nora.typeCode == "premium" && nora.parent == house.cast.rita.id)
            let ben = try await house.accounts.byEmail("ben@example.org", in: root)
            #expect(try await house.accounts.byEmail("cleo@example.org", in: root).parent == ben.id)
            let secrets = try await house.database.read { db in
                try db.values("SELECT secret FROM identity WHERE account_id \(any: [nora.id, ben.id])", as: String.self)
            }
            #expect(secrets == [Self.hash])
            // The hashes do not stay in the list.
            let rest: String? = try await house.database.read { db in
                try db.value("SELECT content FROM people_import WHERE public_id = \(id)")
            }
            #expect(rest == "")
        }
    }

    @Test("A job that was interrupted goes on where it stopped; nobody comes twice", arguments: Engine.available)
    func interrupted(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let root = house.cast.root.scope
            let lines = (0..<120).map { "person\($0),person\($0)@example.org" }
            let text = (["username,email"] + lines).joined(separator: "\r\n")
            let id = try await imports(house).handIn(Array(text.utf8), in: root)
            try await imports(house).start(id, in: root)
            // As if it had been killed after two batches whose accounts are there.
            for number in 0..<100 {
                let new = NewAccount(
                    username: "person\(number)",
                    email: "person\(number)@example.org",
                    password: "a very long secret",
                    typeCode: "basic"
                )
                _ = try await house.accounts.create(new, in: .system())
            }
            try await house.database.write { db in
                try db.execute("UPDATE people_import SET position = 100, added = 100")
            }
            try await run(house)
            let list = try await imports(house).look(at: id, in: root).list
            #expect(list.state == .done && list.added == 120 && list.position == 120)
            #expect(try await house.people.page(PeopleRequest(search: "person"), in: root).count == 120)
        }
    }

    @Test("A reseller brings in customers of their own, within their limits", arguments: Engine.available)
    func reseller(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (rita, uma) = (house.cast.rita, house.cast.uma)
            try await house.database.write { db in
                try db.execute("UPDATE user_type SET customers = 4 WHERE code = 'reseller'")
            }
            let text = """
                username;email;user_type;parent
                nora;nora@example.org;;
                ada;ada@example.org;admin;
                ben;ben@example.org;basic;rolf
                cleo;cleo@example.org;;sam
                dora;dora@example.org;;
                """
            let id = try await imports(house).handIn(Array(text.utf8), in: rita.scope)
            let report = try await imports(house).look(at: id, in: rita.scope)
            #expect(report.problems.map(\.problem.field) == ["user_type", "parent"])
            for stranger in [house.cast.rolf, house.cast.sam] {
                await #expect(throws: Failure.notFound) { try await imports(house).look(at: id, in: stranger.scope) }
            }
            await #expect(throws: Failure.forbidden) { try await imports(house).handIn([65], in: uma.scope) }
            try await imports(house).start(id, in: rita.scope)
            try await run(house)
            // Rita had two; there is room for two more.
            #expect(try await imports(house).look(at: id, in: rita.scope).list.added == 2)
            let names = try await house.people.page(PeopleRequest(parent: "rita", sort: .username), in: rita.scope)
            #expect(names.list.items.map(\.username) == ["cleo", "nora", "sam", "uma"])
        }
    }

    @Test("What is no list is refused with what is wrong", arguments: Engine.available)
    func refusals(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let lists: [[UInt8]] = [
                [], [0xFF, 0xFE, 0x00], Array("username,email\n".utf8), Array("name,mail\na,b\n".utf8),
                Array("username,email\n\"open,b\n".utf8), Array("username,email\na\u{0},b\n".utf8),
                Array(("username,email\n" + String(repeating: "a,b\n", count: 20_001)).utf8),
            ]
            for list in lists {
                let failure = await #expect(throws: Failure.self) {
                    try await imports(house).handIn(list, in: house.cast.root.scope)
                }
                #expect(failure?.fields.first?.field == "file")
            }
        }
    }

    @Test("CSV is read as spreadsheets write it")
    func csv() throws {
        let lines = try CSVReader.lines(of: "a,\"b,\"\"c\"\"\",\r\n\r\n\"two\nlines\",d\ne")
        #expect(lines.map(\.cells) == [["a", "b,\"c\"", ""], ["two\nlines", "d"], ["e"]])
        #expect(lines.map(\.number) == [1, 3, 5])
    }
}
