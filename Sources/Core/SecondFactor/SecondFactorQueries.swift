import Persistence

/// All SQL of authenticator apps and recovery codes.
enum SecondFactorQueries {
    /// Nothing happens to one that is on.
    static func begin(_ sealed: [UInt8], of account: ID<Account>, at now: Timestamp) -> SQL {
        """
        INSERT INTO second_factor (account_id, secret, created_at) VALUES (\(account), \(sealed), \(now))
        ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
        WHERE second_factor.confirmed_at IS NULL
        """
    }

    static func secret(of account: ID<Account>, isConfirmed: Bool) -> SQL {
        let state: SQL = isConfirmed ? "IS NOT NULL" : "IS NULL"
        return "SELECT secret FROM second_factor WHERE account_id = \(account) AND confirmed_at \(state)"
    }

    static func confirm(of account: ID<Account>, step: Int64, at now: Timestamp) -> SQL {
        """
        UPDATE second_factor SET confirmed_at = \(now), last_step = \(step)
        WHERE account_id = \(account) AND confirmed_at IS NULL
        """
    }

    /// One row for the first who comes with the code of a step, none for all others.
    static func use(step: Int64, of account: ID<Account>) -> SQL {
        """
        UPDATE second_factor SET last_step = \(step)
        WHERE account_id = \(account) AND confirmed_at IS NOT NULL AND last_step < \(step)
        """
    }

    static func state(of account: ID<Account>) -> SQL {
        """
        SELECT (SELECT confirmed_at FROM second_factor WHERE account_id = \(account)) AS since,
            (SELECT count(*) FROM recovery_code WHERE account_id = \(account) AND used_at IS NULL) AS codes
        """
    }

    /// For lists of columns beside an account `a`: 1 where the second factor is on.
    static let isOn: SQL = """
        (SELECT count(*) FROM second_factor f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL)
        """

    static func insert(_ code: RecoveryCode, of account: ID<Account>) -> SQL {
        "INSERT INTO recovery_code (account_id, code_hash) VALUES (\(account), \(code.hash))"
    }

    static func use(_ code: RecoveryCode, of account: ID<Account>, at now: Timestamp) -> SQL {
        """
        UPDATE recovery_code SET used_at = \(now)
        WHERE account_id = \(account) AND code_hash = \(code.hash) AND used_at IS NULL
        """
    }

    static func forgetCodes(of account: ID<Account>) -> SQL {
        "DELETE FROM recovery_code WHERE account_id = \(account)"
    }

    static func forget(_ account: ID<Account>) -> SQL {
        "DELETE FROM second_factor WHERE account_id = \(account) AND confirmed_at IS NOT NULL"
    }
}

/// All SQL of people who are half signed in.
enum SignInStepQueries {
    static func insert(_ token: [UInt8], of account: ID<Account>, at now: Timestamp, until: Timestamp) -> SQL {
        """
        INSERT INTO sign_in_step (token_hash, account_id, created_at, expires_at)
        VALUES (\(token), \(account), \(now), \(until))
        """
    }

    static func account(_ token: [UInt8], at now: Timestamp) -> SQL {
        """
        SELECT a.id FROM sign_in_step s JOIN account a ON a.id = s.account_id
        WHERE s.token_hash = \(token) AND s.expires_at > \(now) AND a.status = 'active'
        """
    }

    /// One row for the first who finishes, none for all others.
    static func end(_ token: [UInt8]) -> SQL {
        "DELETE FROM sign_in_step WHERE token_hash = \(token)"
    }

    static func endAll(of account: ID<Account>) -> SQL {
        "DELETE FROM sign_in_step WHERE account_id = \(account)"
    }

    static func purge(before: Timestamp) -> SQL {
        "DELETE FROM sign_in_step WHERE expires_at < \(before)"
    }
}
