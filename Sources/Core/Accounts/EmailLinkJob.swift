import Persistence

/// Finds out whether somebody who asked for a link by mail gets one. Nobody waits for it, so it may take as long for one
/// address as it takes no time for another.
package struct AccountLinkJob: JobHandler {
    static let kind: JobKind = "account.link"

    package let kind: JobKind = AccountLinkJob.kind
    private let effects: Effects

    package init(effects: Effects) {
        self.effects = effects
    }

    /// Nobody's mailbox is filled by strangers: so many of a kind within an hour.
    static let mostAnHour = 3

    package func run(_ job: RunningJob) async throws {
        guard let purpose = job.payload["purpose"].flatMap(EmailLink.Purpose.init), let email = job.payload["email"]
        else {
            throw JobFailure.permanent("The job names no purpose or no address.")
        }
        let language = job.payload["language"] ?? "en"
        let tenant = job.tenant
        let now = effects.now()
        try await job.complete { db in
            let account = try AccountQueries.find(emailKey: email, in: .system(tenant: tenant), on: db)
            guard let account, account.status == .active, purpose == .reset || !account.isEmailVerified else { return }
            let hour = MailQueries.count(purpose.letter, of: account.id, since: now - .hours(1))
            guard try db.value(hour, as: Int.self) ?? 0 < Self.mostAnHour else { return }
            try Outbox.add(purpose.letter, to: account, language: language, at: now, on: db)
        }
    }
}

/// Forgets links that nobody can use any more, wrong tries to sign in that count no more, and sign-ins that were never
/// finished.
package struct AccountPurge: JobHandler {
    package let kind: JobKind = "accounts.purge"
    package let every: Duration? = .hours(1)
    private let accounts: Accounts

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    package func run(_ job: RunningJob) async throws {
        _ = try await accounts.purgeFailures()
        let now = accounts.effects.now()
        try await job.complete { db in
            try db.execute(EmailLinkQueries.purge(before: now - .days(7)))
            try db.execute(SignUpQueries.purge(before: now))
            try db.execute(AddressChangeQueries.purge(before: now))
            try db.execute(SignInStepQueries.purge(before: now))
            try db.execute(PasskeyQueries.purgeChallenges(before: now))
            try db.execute(ProviderAttemptQueries.purge(before: now))
        }
    }
}
