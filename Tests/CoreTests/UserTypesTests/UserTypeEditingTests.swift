import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("User types: editing")
struct UserTypeEditingTests {
    private func change(
        _ permissions: [String] = ["upload", "share", "download"],
        isDefault: Bool = true,
        _ limits: [String: String] = [:]
    ) -> UserTypeChange {
        UserTypeChange(name: "Basic", permissions: permissions, isDefault: isDefault, limits: limits)
    }

    private func types(_ house: MediaHouse) -> UserTypes {
        UserTypes(database: house.database, effects: house.clock.effects)
    }

    @Test(
        "What a type allows changes with the next request, and before and after are written down",
        arguments: Engine.available
    )
    func edit(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (root, uma) = (house.cast.root.scope, house.cast.uma)
            let limits = [
                "storage": "20 GiB", "daily_upload": "1.5 GB", "file": "500 MB", "streams": "3", "best_height": "1080",
                "customers": "", "customer_levels": "0",
            ]
            try await types(house).edit("basic", change(["upload", "use_api"], limits), in: root)
            let basic = try await types(house).find("basic")
            #expect(basic.permissions == [.upload, .useAPI])
            #expect(
                basic.limits
                    == UserType.Limits(
                        storage: 20 << 30,
                        dailyUpload: 1_500_000_000,
                        file: 500_000_000,
                        streams: 3,
                        bestHeight: 1080,
                        customerLevels: 0
                    )
            )
            let accounts = Accounts(database: house.database, effects: house.clock.effects, passwords: CheapPasswords())
            #expect(try await accounts.scope(for: uma.id).permissions == [.upload, .useAPI])
            let audit = Audit(database: house.database, effects: house.clock.effects)
            let entry = try #require(
                try await audit.list(Audit.Filter(action: "user_type.edited"), in: root).items.first
            )
            #expect(entry.personal?.details["permissions.before"] == "download share upload")
            #expect(entry.personal?.details["permissions"] == "upload use_api")
            #expect(entry.personal?.details["customer_levels"] == nil)
        }
    }

    @Test(
        "Each limit of uploads counts: file, storage, a day's uploads, and whether one may at all",
        arguments: Engine.available
    )
    func uploads(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let (root, uma) = (house.cast.root.scope, house.cast.uma)
            let text = Array("Twelve bytes".utf8)
            for (field, failure) in [
                ("file", Failure.uploadOverLimit), ("storage", .uploadOverStorage),
                ("daily_upload", .uploadOverDailyLimit),
            ] {
                try await types(house).edit("basic", change([field: "11"]), in: root)
                await #expect(throws: failure) {
                    try await house.uploads().create(NewUpload(filename: "a.txt", length: 12), in: uma.scope)
                }
            }
            try await types(house).edit("basic", change(["file": "12"]), in: root)
            _ = try await house.upload(text, by: uma)

            try await types(house).edit("basic", change(["share"]), in: root)
            let scope = try await house.scopeNow(of: uma)
            await #expect(throws: Failure.forbidden) {
                try await house.uploads().create(NewUpload(filename: "a.txt", length: 12), in: scope)
            }
        }
    }

    @Test("Who may not share keeps items private, in uploads and in edits", arguments: Engine.available)
    func sharing(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let uma = house.cast.uma
            let shared = try await house.upload(Array("Some text".utf8), visibility: .public, by: uma)
            try await types(house).edit("basic", change(["upload"]), in: house.cast.root.scope)
            let scope = try await house.scopeNow(of: uma)
            for visibility in ["public", "unlisted"] {
                let failure = await #expect(throws: Failure.self) {
                    let new = NewUpload(filename: "a.txt", length: 12, visibility: visibility)
                    return try await house.uploads().create(new, in: scope)
                }
                #expect(failure?.fields.map(\.field) == ["visibility"])
            }
            // What was shared may be renamed and taken back, and then no more.
            for (title, visibility) in [("Renamed", "public"), ("Renamed", "private")] {
                let changes = try MediaChanges(title: title, description: "", visibility: visibility, ageRating: "")
                try await house.items.edit(shared, changes, in: scope)
            }
            let again = try MediaChanges(title: "Renamed", description: "", visibility: "unlisted", ageRating: "")
            let failure = await #expect(throws: Failure.self) { try await house.items.edit(shared, again, in: scope) }
            #expect(failure?.fields.map(\.field) == ["visibility"])
        }
    }

    @Test("There is another type, and new accounts get the one that is chosen", arguments: Engine.available)
    func add(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let root = house.cast.root.scope
            try await types(house).add("trial", change(["upload"], isDefault: true, ["storage": "1 GB"]), in: root)
            #expect(try await types(house).standard()?.code == "trial")
            #expect(try await types(house).find("trial").limits.storage == 1_000_000_000)
            for (code, isTaken) in [("trial", true), ("Trial", false), ("x", false), ("", false)] {
                let failure = await #expect(throws: Failure.self) {
                    try await types(house).add(code, change(isDefault: false), in: root)
                }
                #expect(failure?.fields == [isTaken ? .typeCodeTaken : .typeCode])
            }
        }
    }

    @Test("What cannot be is refused at its field, and nobody else may", arguments: Engine.available)
    func refusals(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house async throws in
            let root = house.cast.root.scope
            let wrong: [(String, UserTypeChange, Failure.FieldProblem)] = [
                ("basic", change(["fly"]), .unknownPermission),
                ("basic", change(["upload", "manage_all"]), .administratorsNoDefault),
                ("basic", change(isDefault: false), .oneDefault),
                ("admin", change(["upload"], isDefault: false), .administratorsKeepAll),
                ("reseller", change(["upload"], isDefault: false), .customersNeedPermission),
                ("basic", change(["storage": "much"]), .noSize("storage")),
                ("basic", change(["file": "-1"]), .noSize("file")),
                ("basic", change(["storage": "9999999 TB"]), .noSize("storage")),
                ("basic", change(["streams": "1.5"]), .noCount("streams")),
                ("basic", change(["best_height": "0"]), .noCount("best_height")),
            ]
            for (code, change, problem) in wrong {
                let failure = await #expect(throws: Failure.self) {
                    try await types(house).edit(code, change, in: root)
                }
                #expect(failure?.fields == [problem])
            }
            for member in [house.cast.rita, house.cast.uma] {
                await #expect(throws: Failure.forbidden) {
                    try await types(house).edit("basic", change(), in: member.scope)
                }
            }
        }
    }

    @Test("Sizes are read as they are written", arguments: ["0 B", "1 B", "500 MB", "20 GiB", "1500 kB", "3 TiB"])
    func sizes(text: String) throws {
        #expect(try #require(ByteCount(text)).text == (text == "0 B" ? "0" : text == "1500 kB" ? "1500 kB" : text))
    }

    private func change(_ limits: [String: String]) -> UserTypeChange {
        change(["upload", "share", "download"], isDefault: true, limits)
    }

    private func change(_ permissions: [String], _ limits: [String: String]) -> UserTypeChange {
        change(permissions, isDefault: true, limits)
    }
}

extension MediaHouse {
    /// What a member may do with the next request.
    fileprivate func scopeNow(of member: Cast.Member) async throws -> Scope {
        try await Accounts(database: database, effects: clock.effects, passwords: CheapPasswords()).scope(
            for: member.id
        )
    }
}
