import Integrations
import Persistence

/// Sends the link that makes an account; or tells whoever has one with that address that somebody tried.
struct SignUpDelivery: JobHandler {
    static let kind: JobKind = "sign_up.send"

    let kind: JobKind = SignUpDelivery.kind
    let concurrency = 2
    let database: any Database
    let post: LetterPost

    /// Nobody's mailbox is filled by strangers: so many within an hour.
    private static let mostAnHour = 3

    static func request(for signUp: ID<SignUp>, in tenant: ID<Tenant>) -> JobRequest {
        JobRequest(
            kind: kind,
            payload: ["sign_up": signUp.description],
            tenant: tenant,
            priority: .high,
            maxAttempts: 24
        )
    }

    func run(_ job: RunningJob) async throws {
        guard let id = job.payload["sign_up"].flatMap({ Int64($0) }).map({ ID<SignUp>($0) }) else {
            throw JobFailure.permanent("The job names nobody who signs up.")
        }
        let (token, now) = (post.effects.secret(), post.effects.now())
        let found = try await database.write { db -> (SignUp, Letter)? in
            guard let signUp = try db.first(SignUpQueries.find(id, at: now)).map(SignUp.init) else { return nil }
            return try Self.letter(for: signUp, token, at: now, on: db).map { (signUp, $0) }
        }
        if let (signUp, letter) = found {
            do {
                try await post.send(letter, to: signUp.email, id: "sign-up-\(id)-\(signUp.createdAt.milliseconds)")
            } catch MailFailure.temporary(let reason) {
                throw JobFailure.temporary(reason)
            } catch MailFailure.refused {
                // There is no such mailbox: nobody can open the link, and the row goes by itself.
            }
        }
        try await job.complete()
    }

    private static func letter(
        for signUp: SignUp,
        _ token: String,
        at now: Timestamp,
        on db: any Connection
    ) throws -> Letter? {
        let hour = SignUpQueries.count(before: signUp, since: now - .hours(1))
        guard try db.value(hour, as: Int.self) ?? 0 < mostAnHour,
            let tenant = try TenantQueries.find(signUp.tenant, on: db)
        else { return nil }
        let scope = Scope.system(tenant: signUp.tenant)
        if let holder = try AccountQueries.find(emailKey: signUp.email.lowercased(), in: scope, on: db) {
            guard holder.status == .active else { return nil }
            return Letter(
                kind: .signUpKnown,
                username: holder.name,
                brand: tenant.name,
                language: holder.language ?? signUp.language,
                token: nil
            )
        }
        let isKept = AddressChangeQueries.isKept(signUp.email.lowercased(), in: signUp.tenant, besides: nil)
        guard try !db.exists(isKept) else { return nil }
        try db.execute(SignUpQueries.setSecret(SecretHash.of(token), of: signUp.id))
        return Letter(
            kind: .confirmSignUp,
            username: signUp.username,
            brand: tenant.name,
            language: signUp.language,
            token: token
        )
    }
}
