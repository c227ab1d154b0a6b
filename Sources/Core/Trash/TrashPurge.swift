package import Persistence

/// Removes for good what has lain in the trash for thirty days.
package struct TrashPurge: JobHandler {
    private static let batch = 50

    package let kind: JobKind = "trash.purge"
    package let every: Duration? = .hours(1)
    private let database: any Database
    private let effects: Effects

    package init(database: any Database, effects: Effects) {
        self.database = database
        self.effects = effects
    }

    package func run(_ job: RunningJob) async throws {
        let now = effects.now()
        let query = TrashQueries.due(before: now - TrashItem.lifetime, limit: Self.batch)
        while true {
            let count = try await database.write { db in
                let due = try db.all(query, as: TrashItem.init)
                for item in due { try Trash.remove(item, in: .system(tenant: item.tenant), at: now, on: db) }
                return due.count
            }
            if count < Self.batch { break }
            try await job.report(progress: nil)
        }
        try await job.complete()
    }
}
