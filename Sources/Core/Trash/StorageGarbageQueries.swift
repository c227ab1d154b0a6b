import Persistence

/// All SQL of the list of files that nobody owns.
enum StorageGarbageQueries {
    static func insert(_ key: String, removeAfter: Timestamp) -> SQL {
        "INSERT INTO storage_garbage (storage_key, remove_after) VALUES (\(key), \(removeAfter))"
    }

    static func insertOrHasten(_ key: String, removeAfter: Timestamp) -> SQL {
        """
        INSERT INTO storage_garbage (storage_key, remove_after) VALUES (\(key), \(removeAfter))
        ON CONFLICT (storage_key) DO UPDATE SET remove_after = excluded.remove_after
        """
    }

    static func remove(_ keys: [String]) -> SQL {
        "DELETE FROM storage_garbage WHERE storage_key \(any: keys)"
    }

    static func due(_ now: Timestamp, limit: Int) -> SQL {
        """
        SELECT storage_key FROM storage_garbage WHERE remove_after <= \(now)
        ORDER BY remove_after, storage_key LIMIT \(limit)
        """
    }
}
