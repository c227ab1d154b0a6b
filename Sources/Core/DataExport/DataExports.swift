package import Integrations
package import Persistence

/// How people take everything with them that is stored about them.
package struct DataExports: Sendable {
    private let database: any Database
    private let storage: any Storage
    private let effects: Effects

    package init(database: any Database, storage: any Storage, effects: Effects) {
        self.database = database
        self.storage = storage
        self.effects = effects
    }

    /// The asking account's copy; nil when it asked for none, or that is gone again.
    package func find(in scope: Scope) async throws -> DataExport? {
        let account = try scope.requireAccount()
        let now = effects.now()
        return try await database.read { db in
            guard let record = try Self.record(of: account, on: db), record.expiresAt > now else { return nil }
            return try Self.read(record, on: db)
        }
    }

    /// How much the asking account's originals are.
    package func originals(in scope: Scope) async throws -> OriginalsSize {
        let statement = DataExportQueries.originalsSize(of: try scope.requireAccount())
        return try await database.read { db in
            guard let row = try db.first(statement) else { return OriginalsSize(items: 0, bytes: 0) }
            return OriginalsSize(items: try row["items"], bytes: try row["bytes"])
        }
    }

    /// Asks for a copy in place of the one that there may be. Throws `Failure.exportUnderWay` while one is being made, and
    /// `Failure.diskFull` where there is no room for it.
    package func ask(withOriginals: Bool, language: String, in scope: Scope) async throws {
        let account = try scope.requireAccount()
        let bytes = withOriginals ? try await originals(in: scope).bytes : 0
        if let free = try await storage.freeSpace(), free < bytes + DataExportJob.slack { throw Failure.diskFull }
        let publicID = effects.publicID()
        let now = effects.now()
        try await database.write { db in
            if let old = try Self.record(of: account, on: db) {
                if case .underWay = try Self.read(old, on: db).state { throw Failure.exportUnderWay }
                try Self.remove(old, at: now, on: db)
            }
            let id: ID<DataExport> = try db.inserted(
                DataExportQueries.insert(
                    publicID,
                    of: account,
                    hasOriginals: withOriginals,
                    language: language,
                    at: now
                )
            )
            let request = JobRequest(
                kind: DataExportJob.kind,
                payload: ["export": id.description],
                tenant: scope.tenant,
                owner: account,
                maxAttempts: 3
            )
            try db.execute(DataExportQueries.setJob(try Jobs.enqueue(request, on: db, at: now), of: id))
            let details = ["originals": withOriginals ? "yes" : "no"]
            let event = AuditEvent("account.export_asked", .account(account), details: details)
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    /// Opens the asking account's own copy. Throws `Failure.notFound` for that of anybody else, administrators included, and
    /// `Failure.exportNotReady`.
    /// - Parameter isNoted: whether that is written down; false for the rest of one that was begun before.
    package func open(_ publicID: String, isNoted: Bool, in scope: Scope) async throws -> ServedFile {
        let account = try scope.requireAccount()
        let now = effects.now()
        let record = try await database.write { db in
            let found = try db.first(DataExportQueries.find(publicID, of: account, at: now)).map(DataExport.Record.init)
            guard let found else { throw Failure.notFound }
            guard found.storageKey != nil else { throw Failure.exportNotReady }
            if isNoted {
                try Audit.record(AuditEvent("account.export_fetched", .account(account)), in: scope, at: now, on: db)
            }
            return found
        }
        let key = try StorageKey(record.storageKey ?? "")
        let location = MediaLocation(
            key: key,
            contentType: "application/zip",
            etag: record.publicID,
            lastModified: record.createdAt,
            filename: "mediashare-\(record.createdAt.rfc3339.prefix(10)).zip",
            isAttachment: true,
            isManaged: true
        )
        return ServedFile(file: try await storage.open(key), location)
    }

    private static func record(of account: ID<Account>, on db: any Connection) throws -> DataExport.Record? {
        try db.first(DataExportQueries.find(of: account)).map(DataExport.Record.init)
    }

    private static func read(_ record: DataExport.Record, on db: any Connection) throws -> DataExport {
        let job = try record.job.flatMap { try Jobs.load([$0], on: db)[$0] }
        return DataExport(record, job: job)
    }

    static func remove(_ record: DataExport.Record, at now: Timestamp, on db: any Connection) throws {
        if let key = record.storageKey { try StorageGarbage.discard(key, on: db, at: now) }
        try db.execute(DataExportQueries.delete(record.id))
    }
}

/// Removes, every hour, copies that nobody can fetch any more.
struct DataExportSweep: JobHandler {
    let kind: JobKind = "data_export.sweep"
    let every: Duration? = .hours(1)
    let effects: Effects

    func run(_ job: RunningJob) async throws {
        let now = effects.now()
        try await job.complete { db in
            for record in try db.all(DataExportQueries.due(now), as: DataExport.Record.init) {
                try DataExports.remove(record, at: now, on: db)
            }
        }
    }
}
