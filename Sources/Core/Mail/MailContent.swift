import Persistence

/// What a mail has to say at the moment at which it is sent.
struct MailContent: Sendable {
    let mail: Mail
    /// What its link carries.
    let token: String?
    let now: Timestamp

    /// Nil when nobody waits for it any more.
    func letter(on db: any Connection) throws -> Letter? {
        guard let account = try AccountQueries.find(mail.account, in: .system(), on: db), account.status == .active,
            let tenant = try TenantQueries.find(mail.tenant, on: db)
        else { return nil }
        let address = Envelope(account: account, brand: tenant.name)
        switch mail.kind {
        case .verifyEmail:
            guard account.email == mail.recipient, !account.isEmailVerified else { return nil }
            try keepLink(.verify, of: account, on: db)
            return write(to: address)
        case .resetPassword:
            guard account.email == mail.recipient else { return nil }
            try keepLink(.reset, of: account, on: db)
            return write(to: address)
        case .passwordChanged, .secondFactorOn, .secondFactorOff, .passkeyAdded, .passkeyRemoved, .newDevice,
            .exportReady:
            return account.email == mail.recipient ? write(to: address) : nil
        case .notification:
            guard account.email == mail.recipient, let id = mail.notification,
                let told = try db.first(NotificationQueries.find(id), as: NotificationEntry.init)
            else { return nil }
            return write(to: address, telling: told.event)
        case .confirmAddress: return try confirmation(to: address, on: db)
        case .addressAsked, .addressChanged:
            guard let change = try change(on: db) else { return nil }
            try keepLink(.revert, to: change, on: db)
            return write(to: address, about: change.newEmail)
        case .addressSet: return write(to: address, about: account.email)
        case .departureAsked:
            let leavesAt: Timestamp? = try db.value(DepartureQueries.leavesAt(mail.account))
            return leavesAt.map { write(to: address, at: $0) }
        // These are written in place of others or for those who have no account, and never wait here.
        case .addressTaken, .confirmSignUp, .signUpKnown: return nil
        }
    }

    private struct Envelope {
        let account: Account
        let brand: String
    }

    private func write(
        to envelope: Envelope,
        about address: String? = nil,
        at moment: Timestamp? = nil,
        telling event: NotificationEvent? = nil
    ) -> Letter {
        Letter(
            kind: mail.kind,
            username: envelope.account.name,
            brand: envelope.brand,
            language: mail.language,
            token: token,
            device: mail.device,
            address: address,
            moment: moment,
            event: event
        )
    }

    /// Whoever has the address already is told that somebody else wants it, and whoever asked learns nothing of it.
    private func confirmation(to envelope: Envelope, on db: any Connection) throws -> Letter? {
        guard let change = try change(on: db), !change.isDone else { return nil }
        let key = change.newEmail.lowercased()
        let scope = Scope.system(tenant: mail.tenant)
        if let holder = try AccountQueries.find(emailKey: key, in: scope, on: db), holder.id != mail.account {
            guard holder.status == .active else { return nil }
            return Letter(
                kind: .addressTaken,
                username: holder.name,
                brand: envelope.brand,
                language: holder.language ?? mail.language,
                token: nil
            )
        }
        // Nor is it anybody's while who had it lately can take it back.
        let isKept = AddressChangeQueries.isKept(key, in: mail.tenant, besides: mail.account)
        guard try !db.exists(isKept) else { return nil }
        try keepLink(.confirm, to: change, on: db)
        return write(to: envelope, about: change.newEmail)
    }

    private func change(on db: any Connection) throws -> AddressChange? {
        guard let id = mail.change, let change = try db.first(AddressChangeQueries.find(id)).map(AddressChange.init),
            change.endsAt > now
        else { return nil }
        return change
    }

    private func keepLink(_ purpose: EmailLink.Purpose, of account: Account, on db: any Connection) throws {
        guard let token else { return }
        try db.execute(EmailLinkQueries.insert(SecretHash.of(token), purpose, of: account, at: now))
    }

    private func keepLink(_ purpose: AddressChange.Purpose, to change: AddressChange, on db: any Connection) throws {
        guard let token else { return }
        try db.execute(AddressChangeQueries.insertLink(SecretHash.of(token), purpose, to: change.id))
    }
}
