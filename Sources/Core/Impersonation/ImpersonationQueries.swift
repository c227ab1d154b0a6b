import Persistence

/// SQL of sessions in which somebody acts for another.
enum ImpersonationQueries {
    static func mark(_ publicID: String, impersonator: ID<Account>, until: Timestamp) -> SQL {
        """
        UPDATE session SET impersonator_id = \(impersonator), ends_at = \(until), proven_at = 0
        WHERE public_id = \(publicID)
        """
    }

    static func end(_ session: ID<Session>) -> SQL {
        "DELETE FROM session WHERE id = \(session) AND impersonator_id IS NOT NULL"
    }
}
