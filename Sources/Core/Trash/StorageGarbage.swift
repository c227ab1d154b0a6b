package import Integrations
package import Persistence

/// Stored files that no row owns. A key is entered before its file is made and taken out in the transaction that gives it
/// an owner, or entered in the transaction that takes its owner away; so a crash at any moment leaves no lost bytes.
enum StorageGarbage {
    /// How long a file may take to be made.
    static let grace = Duration.days(2)

    /// Before a file is made under a new key.
    static func expect(_ key: String, on db: any Connection, at now: Timestamp) throws {
        try db.execute(StorageGarbageQueries.insert(key, removeAfter: now + grace))
    }

    /// A row owns the file now. Throws when the file took so long that it may have been removed.
    static func adopt(_ key: String, on db: any Connection) throws {
        guard try db.execute(StorageGarbageQueries.remove([key])) == 1 else {
            throw JobFailure.temporary("A file took too long to be made.")
        }
    }

    /// No row owns the file any more.
    static func discard(_ key: String, on db: any Connection, at now: Timestamp) throws {
        try db.execute(StorageGarbageQueries.insertOrHasten(key, removeAfter: now))
    }
}

/// Removes files that nobody owns from storage, then from the list.
package struct StorageGarbageRemoval: JobHandler {
    private static let batch = 200

    package let kind: JobKind = "storage.garbage"
    package let every: Duration? = .minutes(10)
    private let database: any Database
    private let storage: any Storage
    private let effects: Effects

    package init(database: any Database, storage: any Storage, effects: Effects) {
        self.database = database
        self.storage = storage
        self.effects = effects
    }

    package func run(_ job: RunningJob) async throws {
        let now = effects.now()
        while true {
            let due = try await database.read { db in
                try db.all(StorageGarbageQueries.due(now, limit: Self.batch)) { try $0["storage_key"] as String }
            }
            for key in due { try await storage.delete(try StorageKey(key)) }
            _ = try await database.write { db in
                try db.execute(StorageGarbageQueries.remove(due))
            }
            if due.count < Self.batch { break }
            try await job.report(progress: nil)
        }
        try await job.complete()
    }
}
