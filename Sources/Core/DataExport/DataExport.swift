import Persistence

/// A copy of all that is stored about somebody: a ZIP, made by a job.
package struct DataExport: Sendable, Hashable {
    /// How long it can be fetched.
    package static let lifetime = Duration.days(7)

    package enum State: Sendable, Hashable {
        /// From 0 to 1.
        case underWay(progress: Double)
        case failed
        /// Bytes.
        case ready(size: Int64)
    }

    package let publicID: String
    package let state: State
    package let createdAt: Timestamp
    package let expiresAt: Timestamp

    package init(publicID: String, state: State, createdAt: Timestamp, expiresAt: Timestamp) {
        self.publicID = publicID
        self.state = state
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    init(_ record: Record, job: Job?) {
        publicID = record.publicID
        createdAt = record.createdAt
        expiresAt = record.expiresAt
        state =
            if record.storageKey != nil {
                .ready(size: record.size)
            } else {
                switch job?.state {
                case .waiting, .running: .underWay(progress: job?.progress ?? 0)
                case .done, .dead, .cancelled, nil: .failed
                }
            }
    }

    /// A row.
    struct Record: Sendable {
        let id: ID<DataExport>
        let publicID: String
        let account: ID<Account>
        let hasOriginals: Bool
        let language: String
        let job: ID<Job>?
        let storageKey: String?
        let size: Int64
        let createdAt: Timestamp
        let expiresAt: Timestamp

        static let columns: SQL = """
            x.id, x.public_id, x.account_id, x.has_originals, x.language, x.job_id, x.storage_key, x.size, x.created_at,
            x.expires_at
            """

        init(_ row: Row) throws {
            id = try row["id"]
            publicID = try row["public_id"]
            account = try row["account_id"]
            hasOriginals = try row["has_originals"]
            language = try row["language"]
            job = try row.optional("job_id")
            storageKey = try row.optional("storage_key")
            size = try row["size"]
            createdAt = try row["created_at"]
            expiresAt = try row["expires_at"]
        }
    }
}

/// What originals somebody could take along.
package struct OriginalsSize: Sendable, Hashable {
    package let items: Int
    package let bytes: Int64

    package init(items: Int, bytes: Int64) {
        self.items = items
        self.bytes = bytes
    }
}
