import Integrations
import Persistence

/// Asking somebody who is signed in for their password once more, before what a thief of their session must not do.
package struct PasswordProof: Sendable, Hashable {
    package let password: String
    /// As in `SignIn`: where the try comes from, and the secret of the device.
    package let client: String
    package let device: String?

    package init(password: String, client: String, device: String?) {
        self.password = password
        self.client = client
        self.device = device
    }
}

extension Accounts {
    /// Throws unless the password is that of the asking account. Wrong tries are counted with those of signing in, under the
    /// same bounds, and audited.
    ///
    /// Throws `Failure` at the field `current_password`, and `Failure.tooManyTries`.
    package func prove(_ proof: PasswordProof, in scope: Scope) async throws {
        _ = try await proven(proof, in: scope)
    }

    /// The stored hash that the password belongs to.
    func proven(_ proof: PasswordProof, in scope: Scope) async throws -> String {
        guard !proof.password.isEmpty else { throw Failure.invalid([.currentPasswordMissing]) }
        let account = try await find(scope.requireAccount(), in: scope)
        let attempt = SignIn(
            email: account.email,
            password: proof.password,
            client: proof.client,
            device: proof.device
        )
        let door = SignInDoor(attempt, tenant: account.tenant)
        let before = try await database.read { [effects] db in try door.look(at: effects.now(), on: db) }
        let now = effects.now()
        if let until = before.closedUntil { throw Failure.tooManyTries(retryAfter: until - now) }
        let isRight = try await check(PasswordRules.normalized(proof.password), against: before.candidate) != .mismatch
        let state = try await database.write(.locking) { db in
            try door.lock(on: db)
            let state = try door.look(at: now, on: db)
            if state.closedUntil == nil, !isRight {
                try SignInQueries.countFailure(door.subject, state.client, at: now, on: db)
                try Audit.record(
                    AuditEvent("account.password_refused", .account(account.id)),
                    in: scope,
                    at: now,
                    on: db
                )
            }
            return state
        }
        if let until = state.closedUntil { throw Failure.tooManyTries(retryAfter: until - now) }
        guard isRight, let secret = before.candidate?.secret else { throw Failure.invalid([.currentPasswordWrong]) }
        return secret
    }
}
