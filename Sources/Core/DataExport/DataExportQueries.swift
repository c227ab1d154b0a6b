import Persistence

/// All SQL of copies of what is stored about somebody, but for what stands in them.
enum DataExportQueries {
    static func insert(
        _ publicID: String,
        of account: ID<Account>,
        hasOriginals: Bool,
        language: String,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO data_export (public_id, account_id, has_originals, language, created_at, expires_at)
        VALUES (\(publicID), \(account), \(hasOriginals), \(language), \(now), \(now + DataExport.lifetime))
        RETURNING id
        """
    }

    static func setJob(_ job: ID<Job>, of id: ID<DataExport>) -> SQL {
        "UPDATE data_export SET job_id = \(job) WHERE id = \(id)"
    }

    static func find(of account: ID<Account>) -> SQL {
        "SELECT \(DataExport.Record.columns) FROM data_export x WHERE x.account_id = \(account)"
    }

    static func find(_ id: ID<DataExport>) -> SQL {
        "SELECT \(DataExport.Record.columns) FROM data_export x WHERE x.id = \(id)"
    }

    /// The owner's alone, whatever else who asks may see.
    static func find(_ publicID: String, of account: ID<Account>, at now: Timestamp) -> SQL {
        """
        SELECT \(DataExport.Record.columns) FROM data_export x
        WHERE x.public_id = \(publicID) AND x.account_id = \(account) AND x.expires_at > \(now)
        """
    }

    /// Nothing when the person wants it no more.
    static func finish(_ id: ID<DataExport>, as key: String, size: Int64, at now: Timestamp) -> SQL {
        """
        UPDATE data_export
        SET storage_key = \(key), size = \(size), ready_at = \(now), expires_at = \(now + DataExport.lifetime)
        WHERE id = \(id) AND storage_key IS NULL
        """
    }

    static func delete(_ id: ID<DataExport>) -> SQL {
        "DELETE FROM data_export WHERE id = \(id)"
    }

    static func due(_ now: Timestamp) -> SQL {
        "SELECT \(DataExport.Record.columns) FROM data_export x WHERE x.expires_at <= \(now) ORDER BY x.expires_at LIMIT 500"
    }

    static func originals(of account: ID<Account>) -> SQL {
        """
        SELECT m.public_id, f.filename, f.storage_key, f.size
        FROM media m JOIN media_file f ON f.media_id = m.id AND f.version = m.version
        WHERE m.owner_id = \(account) AND m.deleted_at IS NULL ORDER BY m.id
        """
    }

    static func originalsSize(of account: ID<Account>) -> SQL {
        """
        SELECT count(*) AS items, CAST(COALESCE(sum(f.size), 0) AS BIGINT) AS bytes
        FROM media m JOIN media_file f ON f.media_id = m.id AND f.version = m.version
        WHERE m.owner_id = \(account) AND m.deleted_at IS NULL
        """
    }

    /// With the account: its file goes to the garbage, then the row.
    static func erase(_ account: ID<Account>) -> [SQL] {
        [
            """
            INSERT INTO storage_garbage (storage_key, remove_after)
            SELECT storage_key, 0 FROM data_export WHERE account_id = \(account) AND storage_key IS NOT NULL
            """,
            "DELETE FROM data_export WHERE account_id = \(account)",
        ]
    }
}
