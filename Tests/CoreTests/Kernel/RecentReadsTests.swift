import Persistence
import Synchronization
import TestSupport
import Testing

@testable import Core

@Suite("What was read a moment ago")
struct RecentReadsTests {
    /// Counts how often the database was asked.
    private final class Asked: Sendable {
        let times = Atomic<Int>(0)

        func answer(_ text: String?) -> String? {
            times.add(1, ordering: .relaxed)
            return text
        }
    }

    @Test("The same question is asked once, until this process writes anything", arguments: Engine.available)
    func writes(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let recent = RecentReads<Int, String>(of: database, lifetime: .seconds(3600))
            let asked = Asked()
            for _ in 0..<3 { #expect(try await recent.found(for: 1) { asked.answer("one") } == "one") }
            #expect(try await recent.found(for: 2) { asked.answer("two") } == "two")
            #expect(asked.times.load(ordering: .relaxed) == 2)
            try await database.write { _ in }
            #expect(try await recent.found(for: 1) { asked.answer("another") } == "another")
        }
    }

    @Test("A write that fails may have happened all the same", arguments: Engine.available)
    func failedWrite(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let recent = RecentReads<Int, String>(of: database, lifetime: .seconds(3600))
            _ = try await recent.value(for: 1) { "before" }
            await #expect(throws: CancellationError.self) {
                try await database.write { _ in throw CancellationError() }
            }
            #expect(try await recent.value(for: 1) { "after" } == "after")
        }
    }

    @Test("What is written while the question is under way makes its answer old")
    func racingWrite() async throws {
        try await withDatabase(.sqlite) { database in
            let recent = RecentReads<Int, String>(of: database, lifetime: .seconds(3600))
            _ = try await recent.value(for: 1) {
                try await database.write { _ in }
                return "before"
            }
            #expect(try await recent.value(for: 1) { "after" } == "after")
        }
    }

    @Test("After its time, and when it was nothing, it is asked again")
    func lifetime() async throws {
        try await withDatabase(.sqlite) { database in
            let brief = RecentReads<Int, String>(of: database, lifetime: .zero)
            _ = try await brief.value(for: 1) { "before" }
            #expect(try await brief.value(for: 1) { "after" } == "after")
            let long = RecentReads<Int, String>(of: database, lifetime: .seconds(3600))
            #expect(try await long.found(for: 1) { nil } == nil)
            #expect(try await long.found(for: 1) { "found" } == "found")
        }
    }

    @Test("It holds no more than it may")
    func capacity() async throws {
        try await withDatabase(.sqlite) { database in
            let recent = RecentReads<Int, String>(of: database, lifetime: .seconds(3600), capacity: 2)
            for key in 1...3 { _ = try await recent.value(for: key) { "old" } }
            #expect(try await recent.value(for: 1) { "new" } == "new")
            #expect(try await recent.value(for: 3) { "new" } == "old")
        }
    }
}
