import Persistence

enum StorageQueries {
    /// Changes no row when the account's type allows less.
    static func take(_ bytes: Int64, for account: ID<Account>) -> SQL {
        """
        UPDATE account SET storage_used = storage_used + \(bytes)
        WHERE id = \(account) AND NOT EXISTS (
            SELECT 1 FROM user_type ut
            WHERE ut.id = account.user_type_id AND ut.storage_bytes - account.storage_used < \(bytes))
        """
    }

    static func release(_ bytes: Int64, of account: ID<Account>) -> SQL {
        """
        UPDATE account SET storage_used = CASE WHEN storage_used < \(bytes) THEN 0 ELSE storage_used - \(bytes) END
        WHERE id = \(account)
        """
    }

    static func used(by account: ID<Account>) -> SQL {
        "SELECT storage_used FROM account WHERE id = \(account)"
    }
}
