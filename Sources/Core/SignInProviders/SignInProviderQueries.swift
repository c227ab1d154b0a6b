import Persistence

/// All SQL of providers.
enum SignInProviderQueries {
    static func list(of tenant: ID<Tenant>) -> SQL {
        """
        SELECT \(SignInProvider.columns) FROM sign_in_provider p WHERE p.tenant_id = \(tenant)
        ORDER BY p.name, p.id LIMIT \(SignInProviders.most)
        """
    }

    static func buttons(of tenant: ID<Tenant>) -> SQL {
        """
        SELECT public_id, name FROM sign_in_provider WHERE tenant_id = \(tenant) AND is_enabled = 1
        ORDER BY name, id LIMIT \(SignInProviders.most)
        """
    }

    static func count(of tenant: ID<Tenant>) -> SQL {
        "SELECT count(*) FROM sign_in_provider WHERE tenant_id = \(tenant)"
    }

    static func find(_ publicID: String, of tenant: ID<Tenant>) -> SQL {
        """
        SELECT \(SignInProvider.columns) FROM sign_in_provider p
        WHERE p.public_id = \(publicID) AND p.tenant_id = \(tenant)
        """
    }

    static func secret(of provider: ID<SignInProvider>) -> SQL {
        "SELECT client_secret FROM sign_in_provider WHERE id = \(provider)"
    }

    static func insert(
        _ new: SignInProviderChange.Checked,
        publicID: String,
        issuer: String,
        secret: [UInt8]?,
        of tenant: ID<Tenant>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO sign_in_provider (public_id, tenant_id, name, issuer, client_id, client_secret, scopes,
            is_enabled, opens_accounts, created_at)
        VALUES (\(publicID), \(tenant), \(new.name), \(issuer), \(new.clientID), \(secret), \(new.scopes),
            \(new.isEnabled), \(new.opensAccounts), \(now))
        RETURNING id
        """
    }

    /// - Parameter secret: nil leaves the one that is there.
    static func update(_ id: ID<SignInProvider>, _ change: SignInProviderChange.Checked, secret: [UInt8]?) -> SQL {
        """
        UPDATE sign_in_provider SET name = \(change.name), client_id = \(change.clientID),
            client_secret = coalesce(\(secret), client_secret), scopes = \(change.scopes),
            is_enabled = \(change.isEnabled), opens_accounts = \(change.opensAccounts)
        WHERE id = \(id)
        """
    }

    static func delete(_ id: ID<SignInProvider>) -> SQL {
        "DELETE FROM sign_in_provider WHERE id = \(id)"
    }
}

/// All SQL of who people are at providers.
enum ProviderIdentityQueries {
    static func account(_ subject: String, at provider: ID<SignInProvider>) -> SQL {
        "SELECT account_id FROM provider_identity WHERE provider_id = \(provider) AND subject = \(subject)"
    }

    /// No row where the subject belongs to an account already.
    static func insert(
        _ publicID: String,
        _ subject: String,
        email: String?,
        at provider: ID<SignInProvider>,
        of account: ID<Account>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO provider_identity (public_id, provider_id, subject, account_id, email, created_at)
        VALUES (\(publicID), \(provider), \(subject), \(account), \(email), \(now))
        ON CONFLICT (provider_id, subject) DO NOTHING RETURNING id
        """
    }

    static func used(_ subject: String, email: String?, at provider: ID<SignInProvider>, at now: Timestamp) -> SQL {
        """
        UPDATE provider_identity SET last_used_at = \(now), email = \(email)
        WHERE provider_id = \(provider) AND subject = \(subject)
        """
    }

    static func list(of account: ID<Account>) -> SQL {
        """
        SELECT i.public_id, p.name AS provider, i.email, i.created_at, i.last_used_at
        FROM provider_identity i JOIN sign_in_provider p ON p.id = i.provider_id
        WHERE i.account_id = \(account) ORDER BY i.id LIMIT \(SignInProviders.mostIdentities)
        """
    }

    static func delete(_ publicID: String, of account: ID<Account>) -> SQL {
        "DELETE FROM provider_identity WHERE public_id = \(publicID) AND account_id = \(account) RETURNING id"
    }

    /// With how much somebody can sign in: a password, passkeys, providers that are switched on.
    static func waysIn(of account: ID<Account>) -> SQL {
        """
        SELECT (SELECT count(*) FROM identity WHERE account_id = \(account) AND kind = 'password')
            + (SELECT count(*) FROM passkey WHERE account_id = \(account))
            + (SELECT count(*) FROM provider_identity i JOIN sign_in_provider p ON p.id = i.provider_id
                WHERE i.account_id = \(account) AND p.is_enabled = 1)
        """
    }
}

/// All SQL of people who are on the way to a provider and back.
enum ProviderAttemptQueries {
    static func insert(_ attempt: ProviderAttempt) -> SQL {
        """
        INSERT INTO provider_attempt (state_hash, browser_hash, provider_id, account_id, secrets, next, expires_at)
        VALUES (\(attempt.stateHash), \(attempt.browserHash), \(attempt.provider), \(attempt.account),
            \(attempt.secrets), \(attempt.next), \(attempt.expiresAt))
        """
    }

    /// One row for the first who comes back, none for all others.
    static func use(_ state: [UInt8], browser: [UInt8], at provider: ID<SignInProvider>, at now: Timestamp) -> SQL {
        """
        DELETE FROM provider_attempt
        WHERE state_hash = \(state) AND browser_hash = \(browser) AND provider_id = \(provider) AND expires_at > \(now)
        RETURNING state_hash, browser_hash, provider_id, account_id, secrets, next, expires_at
        """
    }

    static func purge(before: Timestamp) -> SQL {
        "DELETE FROM provider_attempt WHERE expires_at < \(before)"
    }
}
