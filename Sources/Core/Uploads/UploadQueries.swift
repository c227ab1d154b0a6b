import Persistence

/// All SQL of uploads.
enum UploadQueries {
    static func insert(_ draft: UploadDraft, _ new: UploadRow, in scope: Scope, at now: Timestamp) -> SQL {
        """
        INSERT INTO upload (public_id, tenant_id, account_id, state, filename, kind, title, visibility, metadata, length,
            is_deferred, reserved, created_at, updated_at, expires_at)
        VALUES (\(new.publicID), \(scope.tenant), \(new.account), 'receiving', \(draft.filename),
            \(draft.expected.kind), \(draft.title), \(draft.visibility), \(draft.metadata), \(new.length),
            \(new.isDeferred), \(new.reserved), \(now), \(now), \(now + Uploads.lifetime))
        """
    }

    /// Uploads are their account's alone.
    static func find(_ publicID: String, of account: ID<Account>) -> SQL {
        "SELECT \(Upload.columns) FROM upload u WHERE u.public_id = \(publicID) AND u.account_id = \(account)"
    }

    static func byID(_ id: ID<Upload>) -> SQL {
        "SELECT \(Upload.columns) FROM upload u WHERE u.id = \(id)"
    }

    static func inState(_ state: UploadState, after id: ID<Upload>, limit: Int) -> SQL {
        "SELECT \(Upload.columns) FROM upload u WHERE u.state = \(state) AND u.id > \(id) ORDER BY u.id LIMIT \(limit)"
    }

    static func overdue(_ state: UploadState, at now: Timestamp, limit: Int) -> SQL {
        """
        SELECT \(Upload.columns) FROM upload u WHERE u.state = \(state) AND u.expires_at < \(now)
        ORDER BY u.expires_at, u.id LIMIT \(limit)
        """
    }

    static func exist(_ publicIDs: [String]) -> SQL {
        "SELECT public_id FROM upload WHERE public_id \(any: publicIDs) AND state IN ('receiving', 'storing')"
    }

    /// Only from the offset that the writer began at, so that of two writers one changes nothing.
    static func advance(_ id: ID<Upload>, from old: Int64, to new: Int64, at now: Timestamp) -> SQL {
        """
        UPDATE upload SET received = \(new), updated_at = \(now), expires_at = \(now + Uploads.lifetime)
        WHERE id = \(id) AND received = \(old) AND state = 'receiving'
        """
    }

    /// Holds back room for an upload, and settles its length when it is told. A length that stands stays.
    static func reserve(_ bytes: Int64, for id: ID<Upload>, length: Int64?, at now: Timestamp) -> SQL {
        """
        UPDATE upload SET reserved = \(bytes), length = \(length), updated_at = \(now)
        WHERE id = \(id) AND length IS NULL AND state = 'receiving'
        """
    }

    static func accept(_ id: ID<Upload>, _ found: UploadContent, length: Int64, at now: Timestamp) -> SQL {
        """
        UPDATE upload SET state = 'storing', length = \(length), content_type = \(found.contentType),
            sha256 = \(found.sha256), storage_key = \(found.storageKey), updated_at = \(now)
        WHERE id = \(id) AND state = 'receiving' AND received = \(length)
        """
    }

    static func finish(_ id: ID<Upload>, as media: ID<Media>, at now: Timestamp) -> SQL {
        "UPDATE upload SET state = 'finished', media_id = \(media), updated_at = \(now) WHERE id = \(id)"
    }

    static func setState(_ id: ID<Upload>, from old: UploadState, to new: UploadState, at now: Timestamp) -> SQL {
        "UPDATE upload SET state = \(new), updated_at = \(now) WHERE id = \(id) AND state = \(old)"
    }

    static func delete(_ id: ID<Upload>) -> SQL {
        "DELETE FROM upload WHERE id = \(id) AND state = 'receiving'"
    }

    static func sweep(before moment: Timestamp) -> SQL {
        """
        DELETE FROM upload WHERE id IN (
            SELECT id FROM upload
            WHERE state IN ('finished', 'terminated', 'expired') AND expires_at < \(moment)
            ORDER BY expires_at LIMIT 5000
        )
        """
    }

    static func reserved(by account: ID<Account>) -> SQL {
        "SELECT SUM(reserved) FROM upload WHERE account_id = \(account) AND state IN ('receiving', 'storing')"
    }

    static func uploaded(by account: ID<Account>, since moment: Timestamp) -> SQL {
        """
        SELECT SUM(CASE WHEN state IN ('receiving', 'storing') THEN reserved ELSE received END) FROM upload
        WHERE account_id = \(account) AND created_at > \(moment)
        """
    }
}

/// What the server adds to an announced upload.
struct UploadRow: Sendable {
    let publicID: String
    let account: ID<Account>
    let length: Int64?
    let isDeferred: Bool
    let reserved: Int64
}

/// What was found in a complete upload, and the place that was made up for it.
struct UploadContent: Sendable {
    let contentType: String
    let sha256: String
    let storageKey: String
}
