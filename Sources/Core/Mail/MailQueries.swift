import Persistence

/// All SQL of mails.
enum MailQueries {
    static func insert(
        _ kind: Letter.Kind,
        to account: Account,
        language: String,
        about subject: LetterSubject,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO mail
            (tenant_id, account_id, kind, recipient, language, device_address, device_user_agent, change_id,
             notification_id, state, created_at)
        VALUES
            (\(account.tenant), \(account.id), \(kind), \(subject.recipient ?? account.email), \(language),
             \(subject.device?.address), \(subject.device?.userAgent), \(subject.change), \(subject.notification),
             \(Mail.State.waiting), \(now))
        RETURNING id
        """
    }

    static func find(_ id: ID<Mail>) -> SQL {
        "SELECT \(Mail.columns) FROM mail m WHERE m.id = \(id)"
    }

    /// How many mails of a kind an account got since then, to whatever address.
    static func count(_ kind: Letter.Kind, of account: ID<Account>, since: Timestamp) -> SQL {
        """
        SELECT count(*) FROM mail WHERE account_id = \(account) AND kind = \(kind) AND created_at > \(since)
        """
    }

    /// Nothing happens to a mail that ended already.
    static func end(_ id: ID<Mail>, as state: Mail.State, reason: String?, at now: Timestamp) -> SQL {
        """
        UPDATE mail SET state = \(state), reason = \(reason), ended_at = \(now)
        WHERE id = \(id) AND state = \(Mail.State.waiting)
        """
    }

    static func note(_ id: ID<Mail>, reason: String) -> SQL {
        "UPDATE mail SET reason = \(reason) WHERE id = \(id) AND state = \(Mail.State.waiting)"
    }

    /// Newest first.
    static func list(of account: ID<Account>, limit: Int, in scope: Scope) -> SQL {
        """
        SELECT \(Mail.columns) FROM mail m
        WHERE m.account_id = \(account) AND \(scope.sees("m.account_id"))
        ORDER BY m.created_at DESC, m.id DESC LIMIT \(limit)
        """
    }

    static func sweep(before: Timestamp) -> SQL {
        "DELETE FROM mail WHERE created_at < \(before) AND state <> \(Mail.State.waiting)"
    }
}
