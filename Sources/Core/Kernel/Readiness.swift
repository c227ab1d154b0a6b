import Integrations
import Persistence

/// Whether this installation can serve right now.
package struct Readiness: Sendable {
    /// Below this much room uploads would soon fail.
    package static let leastFreeSpace: Int64 = 256 << 20

    let database: any Database
    let storage: any Storage
    let effects: Effects

    /// What stands in the way, one sentence each; empty when all is well. Never throws: not to know is a problem too.
    package func problems() async -> [String] {
        var problems: [String] = []
        do {
            let now = effects.now()
            _ = try await database.write(.locking, label: "readiness") { db in
                try db.execute(
                    """
                    INSERT INTO job_schedule (kind, next_at) VALUES ('readiness', \(now))
                    ON CONFLICT (kind) DO UPDATE SET next_at = excluded.next_at
                    """
                )
            }
        } catch {
            problems.append("The database takes no writes.")
        }
        do {
            let status = try await Migrator(database, Migrations.all).status()
            if !status.isCurrent { problems.append("The database's schema is not up to date.") }
        } catch {
            problems.append("The state of the database's schema is unknown.")
        }
        do {
            if let free = try await storage.freeSpace(), free < Self.leastFreeSpace {
                problems.append("The disk of the uploads is nearly full.")
            }
        } catch {
            problems.append("The folder of the uploads cannot be read.")
        }
        return problems
    }
}
