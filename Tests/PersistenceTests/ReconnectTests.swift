import Foundation
import Persistence
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: TestCluster.url != nil, "needs MEDIASHARE_TEST_POSTGRES"))
struct ReconnectTests {
    /// Remove the second attempt in `PostgresTransaction.run` and writes fail; remove `isAlive` and they fail for longer.
    @Test(
        "A restarted server is survived within five seconds, and no acknowledged row is lost",
        .timeLimit(.minutes(2))
    )
    func restart() async throws {
        let cluster = try OwnCluster.start()
        defer { cluster.remove() }
        var options = DatabaseOptions.testing
        options.waitingTime = .seconds(30)
        let database = try await Databases.open(url: cluster.url, options: options)
        try await Migrator(database, [SchemaForTests.account]).migrate()
        let writers = Writers(database)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 { group.addTask { try await writers.write(from: writer * 1_000_000) } }
            try await writers.untilAcknowledged(100)
            try cluster.restart()
            let start = ContinuousClock.now
            let before = writers.acknowledged.withLock { $0.count }
            try await writers.untilAcknowledged(before + 20)
            #expect(ContinuousClock.now - start < .seconds(5))
            writers.isOver.store(true, ordering: .relaxed)
            try await group.waitForAll()
        }
        let kept = try await database.read { try Set($0.values("SELECT id FROM account", as: Int.self)) }
        let acknowledged = writers.acknowledged.withLock { $0 }
        #expect(acknowledged.isSubset(of: kept))
        // A write whose end nobody knows may be there or not; nothing else may.
        #expect(kept.subtracting(acknowledged).isSubset(of: writers.unknown.withLock { $0 }))
        await database.close()
    }
}

/// Writes rows until told to stop, and remembers what the database said about each.
private final class Writers: Sendable {
    let acknowledged = Mutex<Set<Int>>([])
    let unknown = Mutex<Set<Int>>([])
    let isOver = Atomic(false)
    private let database: any Database
    private let progress: AsyncStream<Int>
    private let reached: AsyncStream<Int>.Continuation

    init(_ database: any Database) {
        self.database = database
        (progress, reached) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func write(from first: Int) async throws {
        var id = first
        while !isOver.load(ordering: .relaxed) {
            id += 1
            do {
                try await database.write { [id] db in
                    try db.execute("INSERT INTO account (id, name) VALUES (\(id), \("account \(id)"))")
                }
                reached.yield(
                    acknowledged.withLock {
                        $0.insert(id); return $0.count
                    }
                )
            } catch let unavailable as DatabaseUnavailable where unavailable.reason == .outcomeUnknown {
                unknown.withLock { _ = $0.insert(id) }
            }
        }
    }

    func untilAcknowledged(_ count: Int) async throws {
        for await reached in progress where reached >= count { return }
    }
}
