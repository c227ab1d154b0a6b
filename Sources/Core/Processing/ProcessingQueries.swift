import Integrations
import Persistence

/// All SQL of processing.
enum ProcessingQueries {
    static func renditionKeys(of id: ID<Media>) -> SQL {
        "SELECT storage_key FROM rendition WHERE media_id = \(id)"
    }

    static func deleteRenditions(of id: ID<Media>) -> SQL {
        "DELETE FROM rendition WHERE media_id = \(id)"
    }

    static func insert(_ rendition: StoredRendition, of id: ID<Media>, at now: Timestamp) -> SQL {
        let (made, picture) = (rendition.made, rendition.made.size)
        return """
            INSERT INTO rendition (media_id, kind, storage_key, content_type, size, width, height, tag, created_at)
            VALUES (\(id), \(made.kind), \(rendition.key.text), \(made.contentType), \(rendition.bytes),
                \(picture?.width), \(picture?.height), \(rendition.tag), \(now))
            """
    }

    static func describe(_ id: ID<Media>, _ result: ProcessedMedia, thumbnailTag: String?, at now: Timestamp) -> SQL {
        """
        UPDATE media SET status = \(result.status), problem = \(result.problem),
            duration = \(result.duration?.inMilliseconds ?? 0), width = \(result.size?.width),
            height = \(result.size?.height), thumbnail_tag = \(thumbnailTag), updated_at = \(now)
        WHERE id = \(id)
        """
    }

    static func describe(_ file: ID<MediaFile>, _ result: ProcessedMedia, metadata: String) -> SQL {
        """
        UPDATE media_file SET is_web_ready = \(result.isWebReady), metadata = \(metadata),
            content_type = COALESCE(\(result.contentType), content_type)
        WHERE id = \(file)
        """
    }

    static func begin(_ id: ID<Media>, job: ID<Job>, at now: Timestamp) -> SQL {
        """
        UPDATE media SET status = 'processing', problem = NULL, job_id = \(job), updated_at = \(now) WHERE id = \(id)
        """
    }
}

/// A rendition whose bytes are in storage and whose row is not there yet.
struct StoredRendition: Sendable {
    let made: ProcessedMedia.Made
    let key: StorageKey
    let bytes: Int64
    let tag: String
}
