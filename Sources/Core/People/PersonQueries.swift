import Persistence

/// SQL about one person.
enum PersonQueries {
    static func setType(_ code: String, of account: ID<Account>) -> SQL {
        "UPDATE account SET user_type_id = (SELECT id FROM user_type WHERE code = \(code)) WHERE id = \(account)"
    }

    static func rename(_ account: ID<Account>, to username: Username) -> SQL {
        "UPDATE account SET username = \(username.text), username_key = \(username.key) WHERE id = \(account)"
    }

    /// - Parameter verifiedAt: when the new address was proven; nil when it was not.
    static func setEmail(_ email: EmailAddress, of account: ID<Account>, verifiedAt: Timestamp?) -> SQL {
        """
        UPDATE account SET email = \(email.text), email_key = \(email.key), email_verified_at = \(verifiedAt)
        WHERE id = \(account)
        """
    }

    static func hasAdministrator(besides account: ID<Account>, on db: any Connection) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM user_type ut JOIN account a ON a.user_type_id = ut.id
            WHERE ut.code = 'admin' AND a.status = 'active' AND a.id <> \(account) LIMIT 1
            """
        )
    }

    static func notes(about account: ID<Account>, in scope: Scope) -> SQL {
        """
        SELECT n.id, n.text, n.created_at, a.username AS author
        FROM account_note n JOIN account a ON a.id = n.author_id
        WHERE n.account_id = \(account) AND \(scope.sees("n.author_id"))
        ORDER BY n.created_at DESC, n.id DESC LIMIT 50
        """
    }

    static func addNote(_ text: String, about account: ID<Account>, by author: ID<Account>, at now: Timestamp) -> SQL {
        """
        INSERT INTO account_note (account_id, author_id, text, created_at)
        VALUES (\(account), \(author), \(text), \(now))
        RETURNING id
        """
    }
}
