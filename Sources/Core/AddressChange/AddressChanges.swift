import Persistence

/// How people get another address for their account. Nothing changes before the new address proved that it is read, and the
/// old one is told and can take it back.
package struct AddressChanges: Sendable {
    private let accounts: Accounts

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    /// Nobody's mailbox is filled by those who make an account for it.
    private static let mostAnHour = 3

    /// Asks for another address for the asking account, in place of what it asked for before.
    ///
    /// What happens is the same whether or not the address belongs to somebody: the mail to it finds out. Throws `Failure` at
    /// the field `email`, `Failure.noMail` where none can be sent, and one of the kind `tooMany`.
    package func ask(_ email: String, language: String, in scope: Scope) async throws {
        let id = try scope.requireAccount()
        guard accounts.sendsMail else { throw Failure.noMail }
        let address: EmailAddress
        do throws(Failure.FieldProblem) { address = try EmailAddress(email) } catch { throw Failure.invalid([error]) }
        let now = accounts.effects.now()
        try await accounts.database.write { db in
            guard let account = try AccountQueries.find(id, in: scope, on: db) else { throw Failure.notFound }
            guard address.text != account.email else { throw Failure.invalid([.emailPresent]) }
            let hour = MailQueries.count(.confirmAddress, of: id, since: now - .hours(1))
            guard try db.value(hour, as: Int.self) ?? 0 < Self.mostAnHour else { throw Failure.tooManyAddresses }
            try db.execute(AddressChangeQueries.dropAsked(of: id))
            let change: ID<AddressChange> = try db.inserted(AddressChangeQueries.insert(address, of: account, at: now))
            let letter = LetterSubject(recipient: address.text, change: change)
            try Outbox.add(.confirmAddress, to: account, language: language, about: letter, at: now, on: db)
            // An address that nobody ever confirmed may be a stranger's: it learns nothing and decides nothing.
            if account.isEmailVerified {
                let told = LetterSubject(change: change)
                try Outbox.add(.addressAsked, to: account, language: language, about: told, at: now, on: db)
            }
            let details = ["email": address.text]
            let event = AuditEvent("account.address_asked", .account(id), details: details)
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    /// The address that the asking account waits for.
    package func asked(in scope: Scope) async throws -> AddressChange? {
        let statement = AddressChangeQueries.asked(of: try scope.requireAccount(), at: accounts.effects.now())
        return try await accounts.database.read { db in try db.first(statement).map(AddressChange.init) }
    }

    /// Forgets what the asking account asked for; nothing happens when it asked for nothing.
    package func cancel(in scope: Scope) async throws {
        let id = try scope.requireAccount()
        let now = accounts.effects.now()
        try await accounts.database.write { db in
            guard try db.execute(AddressChangeQueries.dropAsked(of: id)) > 0 else { return }
            try Audit.record(AuditEvent("account.address_dropped", .account(id)), in: scope, at: now, on: db)
        }
    }

    /// The change that a link at the new address confirms. Throws `Failure.addressLinkGone`.
    package func confirmable(by token: String) async throws -> AddressChange {
        try await find(token, .confirm)
    }

    /// The change that a link at the old address takes back. Throws `Failure.addressLinkGone`.
    package func revertible(by token: String) async throws -> AddressChange {
        try await find(token, .revert)
    }

    private func find(_ token: String, _ purpose: AddressChange.Purpose) async throws -> AddressChange {
        let now = accounts.effects.now()
        return try await accounts.database.read { db in try Self.open(token, purpose, at: now, on: db).change }
    }

    /// Gives the account the address that the link was sent to. Throws `Failure.addressLinkGone` for all but the first use, and
    /// a conflict when somebody has the address by now.
    package func confirm(token: String, language: String, in scope: Scope) async throws {
        let now = accounts.effects.now()
        try await accounts.database.write { db in
            let (change, account) = try Self.open(token, .confirm, at: now, on: db)
            let email = try EmailAddress(change.newEmail)
            let taken = try RegistrationQueries.taken(
                username: nil,
                email: email.key,
                in: account.tenant,
                besides: account.id,
                on: db
            )
            guard taken.isEmpty else { throw Failure.addressTakenMeanwhile }
            let finish =
                account.isEmailVerified
                ? AddressChangeQueries.finish(change.id, at: now) : AddressChangeQueries.forget(change)
            guard try db.execute(finish) == 1 else { throw Failure.addressLinkGone }
            try db.execute(PersonQueries.setEmail(email, of: account.id, verifiedAt: now))
            try Notify.tell(account.id, .addressChanged, at: now, on: db)
            if account.isEmailVerified {
                let told = LetterSubject(recipient: account.email, change: change.id)
                try Outbox.add(.addressChanged, to: account, language: language, about: told, at: now, on: db)
            }
            let details = ["email.before": account.email, "email": email.text]
            let event = AuditEvent("account.address_changed", .account(account.id), details: details)
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    /// Gives the account back the address that the link was sent to, and takes it from whoever else sits in it: sessions,
    /// API tokens, the password, and passkeys and second factors that were added since. A mail with a link to choose a new
    /// password follows. Throws `Failure.addressLinkGone` for all but the first use.
    package func revert(token: String, language: String, in scope: Scope) async throws {
        let now = accounts.effects.now()
        try await accounts.database.write { db in
            let (change, account) = try Self.open(token, .revert, at: now, on: db)
            guard try db.execute(AddressChangeQueries.forget(change)) > 0 else { throw Failure.addressLinkGone }
            if account.email != change.oldEmail {
                let old = try EmailAddress(change.oldEmail)
                try db.execute(PersonQueries.setEmail(old, of: account.id, verifiedAt: now))
            }
            try Sessions.endAll(of: account.id, on: db)
            try DeviceQueries.forgetAll(of: account.id, on: db)
            try APITokens.revokeAll(of: account.id, at: now, on: db)
            for statement in AddressChangeQueries.forgetProofs(of: account.id, since: change.askedAt) {
                try db.execute(statement)
            }
            try db.execute(EmailLinkQueries.endAll(.reset, of: account.id, at: now))
            guard let restored = try AccountQueries.find(account.id, in: .system(), on: db) else {
                throw Failure.notFound
            }
            try Outbox.add(.resetPassword, to: restored, language: language, at: now, on: db)
            let details = ["email.before": account.email, "email": change.oldEmail]
            let event = AuditEvent("account.address_taken_back", .account(account.id), details: details)
            try Audit.record(event, in: scope, at: now, on: db)
        }
    }

    private static func open(
        _ token: String,
        _ purpose: AddressChange.Purpose,
        at now: Timestamp,
        on db: any Connection
    ) throws -> (change: AddressChange, account: Account) {
        let statement = AddressChangeQueries.open(SecretHash.of(token), purpose, at: now)
        guard let change = try db.first(statement).map(AddressChange.init),
            let account = try AccountQueries.find(change.account, in: .system(), on: db), account.status == .active
        else { throw Failure.addressLinkGone }
        return (change, account)
    }
}
