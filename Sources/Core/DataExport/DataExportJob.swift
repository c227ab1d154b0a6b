import Integrations
import Persistence

/// Puts together what is stored about somebody, and writes the ZIP.
struct DataExportJob: JobHandler {
    static let kind: JobKind = "data_export.make"
    /// Bytes that a copy may have beyond the originals in it.
    static let slack: Int64 = 16 << 20

    let kind: JobKind = DataExportJob.kind
    let database: any Database
    let storage: any Storage
    let effects: Effects
    let sendsMail: Bool

    private struct Original: Sendable {
        let name: String
        let key: StorageKey
        let size: Int64

        init(_ row: Row) throws {
            let (publicID, filename): (String, String) = (try row["public_id"], try row["filename"])
            // The name comes from the uploader's machine; the id keeps two of one name apart.
            let harmless = String(filename.unicodeScalars.map { Self.isHarmless($0) ? Character($0) : "_" })
            name = "originals/\(publicID)/\([".", ".."].contains(harmless) ? "_" : harmless)"
            key = try StorageKey(try row["storage_key"])
            size = try row["size"]
        }

        private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
            scalar != "/" && scalar != "\\" && scalar.properties.generalCategory != .control
        }
    }

    func run(_ job: RunningJob) async throws {
        guard let id = job.payload["export"].flatMap({ Int64($0) }).map({ ID<DataExport>($0) }) else {
            throw JobFailure.permanent("The job names no export.")
        }
        let record = try await database.read { db in
            try db.first(DataExportQueries.find(id)).map(DataExport.Record.init)
        }
        // Somebody may want it no more.
        guard let record, record.storageKey == nil else { return try await job.complete() }
        let originals = record.hasOriginals ? try await originals(of: record.account) : []
        let bytes = originals.reduce(0) { $0 + $1.size }
        if let free = try await storage.freeSpace(), free < bytes + Self.slack {
            throw JobFailure.temporary("There is no room on the disk for a copy of \(bytes) bytes.")
        }
        let documents = try await documents(of: record.account)
        try await storage.staging.withScratch { directory in
            try await withLocalFiles(originals[...]) { files in
                let path = "\(directory)/export.zip"
                try await write(ZipFile(entries: documents + files), to: path, job)
                try await keep(path, of: record, job)
            }
        }
    }

    private func originals(of account: ID<Account>) async throws -> [Original] {
        try await database.read { db in try db.all(DataExportQueries.originals(of: account), as: Original.init) }
    }

    /// Of one moment, all of them.
    private func documents(of account: ID<Account>) async throws -> [ZipFile.Entry] {
        let tables = PersonalData.tables(of: account)
        let rows = try await database.read { db in try tables.map { try db.rows($0.rows) } }
        return try zip(tables, rows).map { table, rows in
            ZipFile.Entry(name: "data/\(table.file)", content: .bytes(try PersonalData.json(rows)))
        }
    }

    /// Storage lends one file at a time, so each is borrowed inside the one before it.
    private func withLocalFiles(
        _ originals: ArraySlice<Original>,
        _ found: [ZipFile.Entry] = [],
        _ body: @escaping @Sendable ([ZipFile.Entry]) async throws -> Void
    ) async throws {
        guard let first = originals.first else { return try await body(found) }
        try await storage.withLocalFile(first.key) { path in
            let entry = ZipFile.Entry(name: first.name, content: .file(path: path))
            try await withLocalFiles(originals.dropFirst(), found + [entry], body)
        }
    }

    /// Writes on another thread, and says meanwhile how far it is.
    private func write(_ archive: ZipFile, to path: String, _ job: RunningJob) async throws {
        let progress = ZipProgress()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await storage.staging.write(archive, toScratch: path, telling: progress)
                return true
            }
            group.addTask {
                while !Task.isCancelled {
                    try await Task.sleep(for: .milliseconds(500))
                    try await job.report(progress: progress.part)
                }
                return false
            }
            do {
                while let isWritten = try await group.next(), !isWritten {}
            } catch {
                progress.cancel()
                throw error
            }
            group.cancelAll()
        }
    }

    private func keep(_ path: String, of record: DataExport.Record, _ job: RunningJob) async throws {
        let key = try StorageKey(
            mediaType: "export",
            owner: record.account.value,
            random: effects.randomBytes(16)
        )
        let now = effects.now()
        try await database.write { db in try StorageGarbage.expect(key.text, on: db, at: now) }
        try await storage.publish(path, as: key)
        let size = try await storage.open(key).size
        try await job.complete { [sendsMail] db in
            // Thrown away meanwhile: the file is garbage, and noted as such already.
            guard try db.execute(DataExportQueries.finish(record.id, as: key.text, size: size, at: now)) == 1 else {
                return
            }
            try StorageGarbage.adopt(key.text, on: db)
            guard sendsMail, let account = try AccountQueries.find(record.account, in: .system(), on: db) else {
                return
            }
            try Outbox.add(.exportReady, to: account, language: record.language, at: now, on: db)
        }
    }
}
