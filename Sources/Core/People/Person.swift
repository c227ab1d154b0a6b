import Persistence

/// All that those who manage an account see of it on its page.
package struct Person: Sendable {
    package let account: Account
    package let type: UserType
    /// Whose customer this is, where one may see them.
    package let parent: Account?
    /// 0 at the top of the tree.
    package let level: Int
    /// Everybody below, at every level.
    package let customers: Int
    /// Wrong tries to sign in within the last day.
    package let wrongTries: Int
    /// Whether a code is asked for after the password.
    package let hasSecondFactor: Bool
    package let notes: [PersonNote]
    /// nil unless the account is closed.
    package let closing: AccountClosing?

    package init(
        account: Account,
        type: UserType,
        parent: Account?,
        level: Int,
        customers: Int,
        wrongTries: Int,
        hasSecondFactor: Bool = false,
        notes: [PersonNote],
        closing: AccountClosing? = nil
    ) {
        self.account = account
        self.type = type
        self.parent = parent
        self.level = level
        self.customers = customers
        self.wrongTries = wrongTries
        self.hasSecondFactor = hasSecondFactor
        self.notes = notes
        self.closing = closing
    }
}

/// What somebody wrote down about an account.
package struct PersonNote: Sendable, Hashable {
    package let id: ID<PersonNote>
    package let author: String
    package let text: String
    package let createdAt: Timestamp

    package init(id: ID<PersonNote>, author: String, text: String, createdAt: Timestamp) {
        self.id = id
        self.author = author
        self.text = text
        self.createdAt = createdAt
    }

    init(_ row: Row) throws {
        id = try row["id"]
        author = try row["author"]
        text = try row["text"]
        createdAt = try row["created_at"]
    }
}

extension People {
    /// Throws `Failure.notFound` for an account that is not there or not to be seen.
    package func find(_ publicID: String, in scope: Scope) async throws -> Person {
        try Self.requireManager(scope)
        let since = effects.now() - Lockout.memory
        return try await database.read { db in
            guard let account = try AccountQueries.find(publicID: publicID, in: scope, on: db) else {
                throw Failure.notFound
            }
            let subject = SignInDoor.subject(email: account.email, tenant: account.tenant)
            return Person(
                account: account,
                type: try UserTypes.ofAccount(account.id, on: db),
                parent: try account.parent.flatMap { try AccountQueries.find($0, in: scope, on: db) },
                level: try AccountTreeQueries.level(of: account.id, on: db),
                customers: try AccountTreeQueries.size(of: account.id, on: db).accounts - 1,
                wrongTries: try SignInQueries.tries(subject, since: since, on: db).count,
                hasSecondFactor: try SecondFactors.state(of: account.id, on: db).isOn,
                notes: try db.all(PersonQueries.notes(about: account.id, in: scope), as: PersonNote.init),
                closing: try db.first(ClosingQueries.find(account.id), as: AccountClosing.init)
            )
        }
    }

    /// Writes something down about an account. Throws `Failure` at the field `text`.
    package func addNote(_ text: String, about publicID: String, in scope: Scope) async throws {
        try Self.requireManager(scope)
        let author = try scope.requireAccount()
        let text = text.trimmed
        guard (1...2000).contains(text.codePoints) else { throw Failure.invalid([.noteLength]) }
        let now = effects.now()
        try await database.write { db in
            guard let account = try AccountQueries.find(publicID: publicID, in: scope, on: db) else {
                throw Failure.notFound
            }
            try PersonRules.checkMayManage(account, in: scope, on: db)
            let _: ID<PersonNote> = try db.inserted(
                PersonQueries.addNote(text, about: account.id, by: author, at: now)
            )
            try Audit.record(AuditEvent("account.note_added", .account(account.id)), in: scope, at: now, on: db)
        }
    }
}
