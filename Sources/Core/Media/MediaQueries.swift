import Persistence

/// All SQL of items, their files and renditions.
enum MediaQueries {
    /// An item that is not in the trash, if who asks may see it, with a column that says whether they manage it.
    static func visible(_ publicID: String, in scope: Scope) -> SQL {
        """
        SELECT \(Media.columns), CASE WHEN \(scope.sees("m.owner_id")) THEN 1 ELSE 0 END AS may_manage
        FROM media m
        WHERE m.public_id = \(publicID) AND m.deleted_at IS NULL AND \(mayBeSeen(in: scope))
        """
    }

    /// Their status, of several items at once.
    static func statuses(_ publicIDs: [String], in scope: Scope) -> SQL {
        """
        SELECT m.public_id, m.status, m.problem, m.thumbnail_tag, m.job_id
        FROM media m
        WHERE m.public_id \(any: publicIDs) AND m.deleted_at IS NULL AND \(mayBeSeen(in: scope))
        """
    }

    static func mayBeSeen(in scope: Scope) -> SQL {
        """
        (\(scope.sees("m.owner_id"))
            OR (m.tenant_id = \(scope.tenant) AND m.visibility IN ('unlisted', 'public')))
        AND \(scope.suits("m.age_rating"))
        """
    }

    static func byID(_ id: ID<Media>) -> SQL {
        "SELECT \(Media.columns) FROM media m WHERE m.id = \(id)"
    }

    static func file(of media: Media) -> SQL {
        "SELECT \(MediaFile.columns) FROM media_file f WHERE f.media_id = \(media.id) AND f.version = \(media.version)"
    }

    static func renditions(of id: ID<Media>) -> SQL {
        "SELECT \(Rendition.columns) FROM rendition r WHERE r.media_id = \(id) ORDER BY r.kind"
    }

    static func insert(_ new: NewMedia, at now: Timestamp) -> SQL {
        """
        INSERT INTO media (public_id, tenant_id, owner_id, kind, title, title_key, visibility, status, size, created_at,
            updated_at)
        VALUES (\(new.publicID), \(new.tenant), \(new.owner), \(new.kind), \(new.title), \(new.title.folded),
            \(new.visibility), 'processing', \(new.size), \(now), \(now))
        RETURNING id
        """
    }

    static func insertFile(of id: ID<Media>, _ new: NewMedia, at now: Timestamp) -> SQL {
        """
        INSERT INTO media_file (media_id, version, storage_key, filename, content_type, size, sha256, created_at)
        VALUES (\(id), 1, \(new.storageKey), \(new.filename), \(new.contentType), \(new.size), \(new.sha256), \(now))
        """
    }

    static func setJob(_ job: ID<Job>, of id: ID<Media>) -> SQL {
        "UPDATE media SET job_id = \(job) WHERE id = \(id)"
    }

    static func change(_ id: ID<Media>, _ changes: MediaChanges, at now: Timestamp) -> SQL {
        """
        UPDATE media SET title = \(changes.title), title_key = \(changes.title.folded),
            description = \(changes.description), visibility = \(changes.visibility),
            age_rating = \(changes.ageRating), updated_at = \(now)
        WHERE id = \(id)
        """
    }

    /// What an owner has that is not in the trash.
    static func kept(by owner: ID<Account>, limit: Int) -> SQL {
        """
        SELECT m.id, m.tenant_id, m.title, m.visibility FROM media m
        WHERE m.owner_id = \(owner) AND m.deleted_at IS NULL ORDER BY m.created_at, m.id LIMIT \(limit)
        """
    }

    static func setOwner(_ owner: ID<Account>, of id: ID<Media>, now: Timestamp) -> SQL {
        "UPDATE media SET owner_id = \(owner), updated_at = \(now) WHERE id = \(id)"
    }
}
