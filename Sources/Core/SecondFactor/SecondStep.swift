import Persistence

/// What somebody who is half signed in shows.
package struct SecondStep: Sendable, Hashable {
    /// From the cookie that the right password was answered with.
    package let token: String
    /// Of the app, or a recovery code.
    package let code: String
    /// As in `SignIn`.
    package let client: String
    package let device: String?
    package let language: String

    package init(token: String, code: String, client: String, device: String?, language: String = "en") {
        self.token = token
        self.code = code
        self.client = client
        self.device = device
        self.language = language
    }
}

extension SecondFactors {
    /// How long there is time for the second step.
    package static let stepLifetime = Duration.minutes(10)

    /// Whether a half-finished sign-in waits under this token.
    package func isWaiting(_ token: String) async throws -> Bool {
        let query = SignInStepQueries.account(SecretHash.of(token), at: effects.now())
        return try await database.read { db in try db.value(query, as: ID<Account>.self) } != nil
    }

    /// The second step of a sign-in. Wrong codes are counted like wrong passwords, for each device and for the account.
    package func finish(_ step: SecondStep, in scope: Scope) async throws -> SecondStepResult {
        let newDevice = effects.secret()
        let language = accounts.policy.sendsMail ? step.language : nil
        let now = effects.now()
        let token = SecretHash.of(step.token)
        return try await database.write(.locking) { [seal] db in
            guard let account = try db.value(SignInStepQueries.account(token, at: now), as: ID<Account>.self) else {
                return .gone
            }
            let known = try step.device.flatMap { device in
                try DeviceQueries.knows(SecretHash.of(device), of: account, on: db) ? device : nil
            }
            let client = SignInClient(hash: SecretHash.of(known ?? step.client), isKnownDevice: known != nil)
            let door = ProofDoor("second step", of: account, client: client)
            try door.lock(on: db)
            if let until = try door.closedUntil(at: now, on: db) { return .lockedOut(until: until) }
            guard let proof = try Self.use(step.code, of: account, seal: seal, at: now, on: db) else {
                let until = try door.refuse("account.second_step_refused", account, in: scope, at: now, on: db)
                return until.map { .lockedOut(until: $0) } ?? .refused
            }
            guard try db.execute(SignInStepQueries.end(token)) == 1 else { return .gone }
            try door.forget(on: db)
            let device = known ?? newDevice
            let details = ["second_factor": proof.rawValue]
            let found = try Accounts.welcome(account, device, details, language: language, in: scope, at: now, on: db)
            guard let found else { return .gone }
            return .signedIn(found, device: device)
        }
    }
}
