import Persistence

/// An account that somebody who manages people makes for somebody else.
package struct NewPerson: Sendable, Hashable {
    package let username: String
    package let email: String
    /// Blank to let the person choose one, by a link that is sent to the address.
    package let password: String
    /// A user type's code.
    package let typeCode: String
    /// The username of whose customer it is; blank for nobody's, or one's own for a reseller.
    package let parent: String
    /// In which language the person is written to (BCP 47).
    package let language: String

    package init(
        username: String,
        email: String,
        password: String,
        typeCode: String,
        parent: String,
        language: String
    ) {
        self.username = username
        self.email = email
        self.password = password
        self.typeCode = typeCode
        self.parent = parent
        self.language = language
    }
}

extension People {
    /// Throws `Failure` at the fields `username`, `email`, `password`, `user_type` and `parent`.
    package func add(_ new: NewPerson, in scope: Scope) async throws -> Account {
        try Self.requireManager(scope)
        let isInvited = new.password.isEmpty && accounts.sendsMail
        let parent = try await parent(named: new.parent, in: scope)
        let account = try await accounts.create(
            NewAccount(
                username: new.username,
                email: new.email,
                password: isInvited ? effects.secret() : new.password,
                typeCode: new.typeCode,
                parent: parent
            ),
            in: scope
        )
        if isInvited {
            try await accounts.askForLink(.reset, to: account.email, language: new.language, in: scope)
        }
        return account
    }

    private func parent(named name: String, in scope: Scope) async throws -> ID<Account>? {
        guard !name.trimmed.isEmpty else { return nil }
        let query = PeopleQueries.find(username: name, in: scope)
        let found: ID<Account>? = try await database.read { db in try db.value(query) }
        guard let found else { throw Failure.invalid([.unknownParent]) }
        return found
    }
}
