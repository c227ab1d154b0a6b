import Persistence

/// All SQL of accounts that wait for their address.
enum SignUpQueries {
    static func insert(_ draft: SignUps.Draft, in tenant: ID<Tenant>) -> SQL {
        """
        INSERT INTO sign_up
            (tenant_id, username, email, email_key, password_hash, language, privacy_version, terms_version,
             created_at, expires_at)
        VALUES
            (\(tenant), \(draft.username.text), \(draft.email.text), \(draft.email.key), \(draft.passwordHash),
             \(draft.language), \(draft.agreed.privacy), \(draft.agreed.terms), \(draft.now),
             \(draft.now + SignUp.lifetime))
        RETURNING id
        """
    }

    static func find(_ id: ID<SignUp>, at now: Timestamp) -> SQL {
        "SELECT \(SignUp.columns) FROM sign_up s WHERE s.id = \(id) AND s.expires_at > \(now)"
    }

    static func open(_ hash: [UInt8], at now: Timestamp) -> SQL {
        "SELECT \(SignUp.columns) FROM sign_up s WHERE s.secret_hash = \(hash) AND s.expires_at > \(now)"
    }

    static func setSecret(_ hash: [UInt8], of id: ID<SignUp>) -> SQL {
        "UPDATE sign_up SET secret_hash = \(hash) WHERE id = \(id)"
    }

    /// How many there were for an address before this one.
    static func count(before signUp: SignUp, since: Timestamp) -> SQL {
        """
        SELECT count(*) FROM sign_up
        WHERE tenant_id = \(signUp.tenant) AND email_key = \(signUp.email.lowercased()) AND created_at > \(since)
            AND id < \(signUp.id)
        """
    }

    /// One row for the first who asks, none for all others.
    static func delete(_ id: ID<SignUp>) -> SQL {
        "DELETE FROM sign_up WHERE id = \(id)"
    }

    static func deleteAll(for signUp: SignUp) -> SQL {
        "DELETE FROM sign_up WHERE tenant_id = \(signUp.tenant) AND email_key = \(signUp.email.lowercased())"
    }

    static func purge(before: Timestamp) -> SQL {
        "DELETE FROM sign_up WHERE expires_at <= \(before)"
    }
}
