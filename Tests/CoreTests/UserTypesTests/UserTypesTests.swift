import Core
import Persistence
import TestSupport
import Testing

@Suite("User types")
struct UserTypesTests {
    @Test("Four types are there from the start", arguments: Engine.available)
    func seeded(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let types = try await UserTypes(database: database).all()
            #expect(types.map(\.code) == ["admin", "reseller", "premium", "basic"])
            let admin = try #require(types.first)
            #expect(admin.permissions == Set(Permission.allCases))
            #expect(admin.limits.storage == nil && admin.limits.file == nil && admin.limits.customers == nil)
            let basic = try #require(types.last)
            #expect(basic.permissions == [.upload, .share, .download])
            #expect(basic.limits.customers == 0 && basic.limits.bestHeight == 720)
        }
    }

    @Test("A type is found by its code, and nothing by another", arguments: Engine.available)
    func find(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let types = UserTypes(database: database)
            let reseller = try await types.find("reseller")
            #expect(reseller.may(.manageCustomers) && !reseller.may(.manageAll))
            #expect(reseller.limits.customers == 1000 && reseller.limits.customerLevels == 3)
            await #expect(throws: Failure.notFound) { try await types.find("owner") }
        }
    }

    @Test("There cannot be two default types", arguments: Engine.available)
    func oneDefault(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            await #expect(throws: ConstraintViolation.self) {
                try await database.write { db in
                    _ = try db.execute("UPDATE user_type SET is_default = 1 WHERE code = 'premium'")
                }
            }
        }
    }
}
