import Core
import Foundation
import Logging
package import Persistence

/// The engines that tests run on: SQLite always, PostgreSQL where `MEDIASHARE_TEST_POSTGRES` names a cluster's superuser
/// (`scripts/test` starts one).
package enum Engine: String, Sendable, CaseIterable {
    case sqlite
    case postgres

    package static let available: [Engine] = TestCluster.url == nil ? [.sqlite] : [.sqlite, .postgres]
}

/// Runs `body` on a fresh database that has these migrations. They run once per engine; each test gets a copy.
@discardableResult
package func withDatabase<T>(
    _ engine: Engine,
    migrations: [Migration] = Migrations.all,
    options: DatabaseOptions = .testing,
    _ body: (any Database) async throws -> T
) async throws -> T {
    try await withDatabaseURL(engine, migrations: migrations) { url in
        let database = try await Databases.open(url, options: options)
        do {
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }
}

/// The same for tests that open the database themselves, or several times.
@discardableResult
package func withDatabaseURL<T>(
    _ engine: Engine,
    migrations: [Migration] = Migrations.all,
    _ body: (DatabaseURL) async throws -> T
) async throws -> T {
    await TestGate.shared.enter()
    let result: Result<T, any Error>
    do {
        let copy = try await DatabaseTemplates.shared.copy(engine, migrations)
        do { result = .success(try await body(copy.url)) } catch { result = .failure(error) }
        await copy.discard()
    } catch {
        result = .failure(error)
    }
    await TestGate.shared.leave()
    return try result.get()
}

extension DatabaseOptions {
    /// Quiet, few connections, and no waiting for the disk.
    package static var testing: DatabaseOptions {
        var options = DatabaseOptions(logger: Logger(label: "database") { _ in SwiftLogNoOpLogHandler() })
        options.connections = 4
        options.durability = .none
        options.slowQueryTime = .seconds(3600)
        return options
    }
}

/// Lets only so many tests have a database at once: the test runner starts hundreds together, and each has connections.
actor TestGate {
    static let shared = TestGate(places: 8)
    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) {
        self.places = places
    }

    func enter() async {
        if places > 0 {
            places -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        if waiting.isEmpty {
            places += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
