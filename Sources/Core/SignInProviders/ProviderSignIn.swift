import Foundation
import Integrations
import Persistence

extension SignInProviders {
    /// Takes in who comes back from a provider: signs them in, or links the account that began it.
    ///
    /// An identity that is linked already signs in. Otherwise the provider has to say that it verified the address; then it is
    /// linked with the account of that address, if its own address is verified, or a new account is opened, where the provider
    /// may. What was tried counts once, whatever became of it, and is written down.
    ///
    /// Throws `Failure` for whoever is not let in, `.notFound` where there is no such provider.
    package func finish(_ back: ProviderReturn, in scope: Scope) async throws -> ProviderSignInResult {
        let (found, provider) = try await enabled(back.provider, of: scope.tenant)
        do {
            return try await accepted(back, found, provider, in: scope)
        } catch let refusal as ProviderRefusal {
            try await note(refusal, at: found, in: scope)
            throw refusal.failure
        } catch let problem as OpenIDProblem {
            let refusal = ProviderRefusal(problem.failure, problem.name)
            try await note(refusal, at: found, in: scope)
            throw refusal.failure
        }
    }

    private func accepted(
        _ back: ProviderReturn,
        _ found: SignInProvider,
        _ provider: OpenIDProvider,
        in scope: Scope
    ) async throws -> ProviderSignInResult {
        let query = ProviderAttemptQueries.use(
            SecretHash.of(back.state),
            browser: SecretHash.of(back.browser ?? ""),
            at: found.id,
            at: effects.now()
        )
        let used = try await database.write(.locking) { db in try db.first(query, as: ProviderAttempt.init) }
        guard let attempt = used,
            let secrets = seal.open(attempt.secrets, for: back.state).flatMap(ProviderSecrets.init)
        else {
            // Some forget the state when they say no. Nobody is let in either way, and these words help more.
            try back.checkAnswer(of: found)
            throw ProviderRefusal(.attemptGone, "no_attempt")
        }
        if let account = attempt.account, account != scope.account || scope.impersonator != nil {
            throw ProviderRefusal(.attemptGone, "other_account", about: account)
        }
        try back.checkAnswer(of: found)
        let token = try await client.redeem(
            back.code,
            at: provider,
            redirect: redirectAddress(found.publicID),
            verifier: secrets.verifier,
            nonce: secrets.nonce,
            now: seconds
        )
        let arrival = ProviderArrival(
            provider: found,
            token: token,
            back: back,
            next: attempt.next,
            now: effects.now(),
            publicID: effects.publicID(),
            newAccount: (effects.publicID(), effects.publicID()),
            newDevice: effects.secret(),
            stepToken: effects.secret(),
            sendsMail: accounts.sendsMail
        )
        return try await database.write { db in
            if let account = attempt.account { return try arrival.link(with: account, in: scope, on: db) }
            return try arrival.signIn(in: scope, on: db)
        }
    }

    func note(_ refusal: ProviderRefusal, at provider: SignInProvider, in scope: Scope) async throws {
        let now = effects.now()
        let event = AuditEvent(
            "sign_in_provider.refused",
            refusal.account.map { .account($0) } ?? .signInProvider(provider.id),
            details: ["provider": provider.name, "problem": refusal.problem]
        )
        try await database.write { db in try Audit.record(event, in: scope, at: now, on: db) }
    }
}

/// Somebody whom a provider vouched for, with all that must be known before the transaction.
struct ProviderArrival: Sendable {
    let provider: SignInProvider
    let token: IDToken
    let back: ProviderReturn
    let next: String?
    let now: Timestamp
    let publicID: String
    let newAccount: (publicID: String, profilePublicID: String)
    let newDevice: String
    let stepToken: String
    let sendsMail: Bool

    /// Links the account that began it.
    func link(with account: ID<Account>, in scope: Scope, on db: any Connection) throws -> ProviderSignInResult {
        let owner = try db.value(ProviderIdentityQueries.account(token.subject, at: provider.id), as: ID<Account>.self)
        guard owner == nil || owner == account else {
            throw ProviderRefusal(.identityTaken, "identity_taken", about: account)
        }
        if owner == nil { try insert(for: account, in: scope, on: db) }
        return .linked(provider: provider.name)
    }

    func signIn(in scope: Scope, on db: any Connection) throws -> ProviderSignInResult {
        let linked = try db.value(ProviderIdentityQueries.account(token.subject, at: provider.id), as: ID<Account>.self)
        let id = try linked ?? linkByAddress(in: scope, on: db)
        guard let account = try AccountQueries.find(id, in: .system(), on: db), account.status == .active else {
            throw ProviderRefusal(.providerAccountClosed, "account_not_active", about: id)
        }
        try db.execute(ProviderIdentityQueries.used(token.subject, email: token.email, at: provider.id, at: now))
        if try SecondFactors.state(of: id, on: db).isOn {
            let until = now + SecondFactors.stepLifetime
            try db.execute(SignInStepQueries.insert(SecretHash.of(stepToken), of: id, at: now, until: until))
            return .secondStep(token: stepToken, next: next)
        }
        let known = try back.device.map { try DeviceQueries.knows(SecretHash.of($0), of: id, on: db) } ?? false
        let device = known ? back.device ?? newDevice : newDevice
        let details = ["by": "provider", "provider": provider.name]
        let language = sendsMail ? back.language : nil
        guard let welcome = try Accounts.welcome(id, device, details, language: language, in: scope, at: now, on: db)
        else { throw Failure.notFound }
        return .signedIn(welcome, device: device, next: next)
    }

    /// The account whose address the provider verified, or a new one with it.
    private func linkByAddress(in scope: Scope, on db: any Connection) throws -> ID<Account> {
        guard token.isEmailVerified, let text = token.email, let email = try? EmailAddress(text) else {
            throw ProviderRefusal(.providerAddressUnverified, "address_unverified")
        }
        let everybody = Scope.system(tenant: scope.tenant)
        guard let account = try AccountQueries.find(emailKey: email.key, in: everybody, on: db) else {
            guard provider.opensAccounts else {
                throw ProviderRefusal(.providerOpensNoAccounts, "opens_no_accounts")
            }
            // An address that somebody gave up lately can still go back to them.
            guard try RegistrationQueries.taken(username: nil, email: email.key, in: scope.tenant, on: db).isEmpty
            else { throw ProviderRefusal(.providerAccountClosed, "address_kept") }
            let id = try open(email, in: scope, on: db)
            try insert(for: id, in: scope, on: db)
            return id
        }
        guard account.status == .active else {
            throw ProviderRefusal(.providerAccountClosed, "account_not_active", about: account.id)
        }
        guard account.isEmailVerified else {
            throw ProviderRefusal(.ownAddressUnverified, "own_address_unverified", about: account.id)
        }
        try insert(for: account.id, in: scope, on: db)
        return account.id
    }

    private func open(_ email: EmailAddress, in scope: Scope, on db: any Connection) throws -> ID<Account> {
        let draft = Accounts.Draft(
            username: try username(email, in: scope.tenant, on: db),
            email: email,
            passwordHash: "",
            typeCode: nil,
            parent: nil,
            publicID: newAccount.publicID,
            profilePublicID: newAccount.profilePublicID,
            isVouchedFor: true,
            now: now
        )
        let account = try Accounts.insert(draft, action: "account.registered", in: scope, on: db)
        try Policies.accept(back.policies, by: account.id, at: now, on: db)
        return account.id
    }

    private func insert(for account: ID<Account>, in scope: Scope, on db: any Connection) throws {
        let insert = ProviderIdentityQueries.insert(
            publicID,
            token.subject,
            email: token.email.map { String($0.prefix(254)) },
            at: provider.id,
            of: account,
            at: now
        )
        guard try db.value(insert, as: Int64.self) != nil else {
            throw ProviderRefusal(.identityTaken, "identity_taken", about: account)
        }
        let scope = Scope(actor: .account(account), tenant: scope.tenant, permissions: [], origin: scope.origin)
        let event = AuditEvent("account.provider_linked", .account(account), details: ["provider": provider.name])
        try Audit.record(event, in: scope, at: now, on: db)
    }

    /// What the person is called there, or something close to it that is free.
    private func username(_ email: EmailAddress, in tenant: ID<Tenant>, on db: any Connection) throws -> Username {
        let local = String(email.text.prefix { $0 != "@" })
        let wishes = [token.username, token.name, local].compactMap { $0.flatMap(Username.init(near:)) }
        let wish = wishes.first?.text ?? "member"
        for candidate in [wish] + (2...9).map({ "\(wish.prefix(30))-\($0)" }) + ["\(wish.prefix(20))-\(publicID)"] {
            guard let name = try? Username(candidate) else { continue }
            let taken = try RegistrationQueries.taken(username: name.key, email: nil, in: tenant, on: db)
            if taken.isEmpty { return name }
        }
        throw Failure.invalid([.usernameTaken])
    }
}

extension Username {
    /// A username made of a name that follows no rules; nil where nothing is left of it.
    init?(near text: String) {
        let folded = text.folding(options: .diacriticInsensitive, locale: nil)
        let allowed = folded.map { character in
            character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
                ? character : "."
        }
        let pieces = String(allowed.prefix(32)).split(separator: ".")
        let name = pieces.joined(separator: ".").drop { "-_".contains($0) }
        let end = name.lastIndex { !"-_".contains($0) }
        guard let end, let username = try? Username(String(name[...end])) else { return nil }
        self = username
    }
}
