import Persistence

/// A change that was looked at field by field: what of it is new, and that it may be.
struct PersonEdit {
    private let account: Account
    private var username: Username?
    private var email: EmailAddress?
    private var typeCode: String?
    private var act: PersonAct?
    private var move: (from: String, to: String, parent: ID<Account>?)?

    /// Throws one `Failure` with every field that needs another look.
    init(_ change: PersonChange, of account: Account, in scope: Scope, on db: any Connection) throws {
        self.account = account
        var problems: [Failure.FieldProblem] = []
        func look(_ body: () throws -> Void) throws {
            do {
                try body()
            } catch let problem as Failure.FieldProblem {
                problems.append(problem)
            }
        }
        try look { try readUsername(change, on: db) }
        try look { try readEmail(change, on: db) }
        try look { try readType(change, in: scope, on: db) }
        try look { try readStatus(change, in: scope) }
        try look { try readParent(change, in: scope, on: db) }
        guard problems.isEmpty else { throw Failure.invalid(problems) }
    }

    private mutating func readUsername(_ change: PersonChange, on db: any Connection) throws {
        let new = try Username(change.username)
        guard new.text != account.username else { return }
        if new.key != account.username.lowercased() {
            let taken = try RegistrationQueries.taken(username: new.key, email: nil, in: account.tenant, on: db)
            if let problem = taken.first { throw problem }
        }
        username = new
    }

    private mutating func readEmail(_ change: PersonChange, on db: any Connection) throws {
        let new = try EmailAddress(change.email)
        guard new.text != account.email else { return }
        if new.key != account.email.lowercased() {
            let taken = try RegistrationQueries.taken(
                username: nil,
                email: new.key,
                in: account.tenant,
                besides: account.id,
                on: db
            )
            if let problem = taken.first { throw problem }
        }
        email = new
    }

    private mutating func readType(_ change: PersonChange, in scope: Scope, on db: any Connection) throws {
        guard change.typeCode != account.typeCode else { return }
        guard scope.account != account.id else { throw Failure.FieldProblem.ownUserType }
        do {
            try PersonRules.checkMayBecome(change.typeCode, account, in: scope, on: db)
        } catch let failure as Failure {
            throw failure.fields.first ?? Failure.FieldProblem.lastAdministratorsType
        }
        typeCode = change.typeCode
    }

    private mutating func readStatus(_ change: PersonChange, in scope: Scope) throws {
        guard change.status != account.status.rawValue else { return }
        guard scope.account != account.id else { throw Failure.FieldProblem.ownStatus }
        switch (account.status, Account.Status(rawValue: change.status)) {
        case (.active, .suspended): act = .suspend
        case (.suspended, .active): act = .activate
        case (_, _): throw Failure.FieldProblem.unknownStatus
        }
    }

    /// Who sees only a part of the tree can move accounts about in that part.
    private mutating func readParent(_ change: PersonChange, in scope: Scope, on db: any Connection) throws {
        let present = try account.parent.flatMap { try AccountQueries.find($0, in: scope, on: db) }
        let name = change.parent.trimmed
        guard name.lowercased() != present?.username.lowercased() ?? "" else { return }
        guard !name.isEmpty else {
            guard scope.may(.manageAccounts) else { throw Failure.FieldProblem.unknownParent }
            move = (present?.username ?? "", "", nil)
            return
        }
        let found: ID<Account>? = try db.value(PeopleQueries.find(username: name, in: scope))
        guard let found else { throw Failure.FieldProblem.unknownParent }
        move = (present?.username ?? "", name, found)
    }

    /// Throws `Failure` at the field `parent` where the tree has no room, and `Failure.lastAdministrator`.
    /// - Parameter language: of mails to somebody who chose none.
    func perform(
        _ policy: EmailPolicy,
        language: String,
        in scope: Scope,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        var details: [String: String] = [:]
        if let username {
            try db.execute(PersonQueries.rename(account.id, to: username))
            (details["username.before"], details["username"]) = (account.username, username.text)
        }
        if let email {
            try db.execute(
                PersonQueries.setEmail(email, of: account.id, verifiedAt: policy.sendsMail ? nil : now)
            )
            try Notify.tell(account.id, .addressChanged, at: now, on: db)
            (details["email.before"], details["email"]) = (account.email, email.text)
        }
        if let move {
            try AccountTree.move(account.id, below: move.parent, on: db)
            (details["parent.before"], details["parent"]) = (move.from, move.to)
        }
        if !details.isEmpty {
            let event = AuditEvent("account.edited", .account(account.id), details: details)
            try Audit.record(event, in: scope, at: now, on: db)
        }
        if let typeCode {
            _ = try PersonAct.changeType(typeCode).perform(on: account, in: scope, at: now, on: db)
        }
        if let act { _ = try act.perform(on: account, in: scope, at: now, on: db) }
        if email != nil, policy.sendsMail { try tell(language: language, at: now, on: db) }
    }

    /// The new address is asked to prove itself, and the old one told. It cannot take back what others decided for it: the
    /// address may have been wrong from the beginning.
    private func tell(language: String, at now: Timestamp, on db: any Connection) throws {
        guard let renewed = try AccountQueries.find(account.id, in: .system(), on: db) else { return }
        try db.execute(AddressChangeQueries.dropAsked(of: account.id))
        try Outbox.add(.verifyEmail, to: renewed, language: language, at: now, on: db)
        guard account.isEmailVerified else { return }
        let told = LetterSubject(recipient: account.email)
        try Outbox.add(.addressSet, to: renewed, language: language, about: told, at: now, on: db)
    }
}
