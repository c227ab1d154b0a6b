import Integrations
import Persistence

extension ViewerProfiles {
    /// Lets through who shows what the door asks for.
    ///
    /// Throws `Failure` at the field `profile_pin` and `Failure.tooManyPINs`; at the field `current_password` and
    /// `Failure.tooManyTries`; and `Failure.notWhileActing` for those who act for somebody.
    func open(_ door: ProfileDoor, of profile: ViewerProfile?, with key: ProfileKey, in scope: Scope) async throws {
        guard scope.impersonator == nil else { throw Failure.notWhileActing }
        switch door {
        case .open: return
        case .pin: try await check(key.pin, of: profile, in: scope)
        case .password: try await accounts.prove(key.password, in: scope)
        case .pinOrPassword:
            guard key.pin.isEmpty, !key.password.password.isEmpty else {
                return try await check(key.pin, of: profile, in: scope)
            }
            try await accounts.prove(key.password, in: scope)
        }
    }

    /// A guess is counted before it is looked at, and forgiven when it was right.
    private func check(_ pin: String, of profile: ViewerProfile?, in scope: Scope) async throws {
        guard let profile else { throw Failure.notFound }
        guard ViewerProfileChange.isPIN(pin) else {
            throw Failure.invalid([pin.isEmpty ? .keyMissing : .pinForm.at("profile_pin")])
        }
        let now = effects.now()
        let stored = try await database.write(.locking) { db in
            try Self.takeGuess(profile.id, at: now, on: db)
        }
        let isRight = try await accounts.passwords.verify(pin, against: stored) != .mismatch
        try await database.write { db in
            guard isRight else {
                let event = AuditEvent("profile.pin_refused", .profile(profile.id), details: ["name": profile.name])
                return try Audit.record(event, in: scope, at: now, on: db)
            }
            try db.execute(ViewerProfileQueries.forgiveGuesses(profile.id, pin: stored))
        }
        guard isRight else { throw Failure.invalid([.keyWrong]) }
    }

    /// The stored hash to compare with. The row is locked until the transaction ends, so guesses see each other.
    private static func takeGuess(
        _ id: ID<ViewerProfile>,
        at now: Timestamp,
        on db: any Connection
    ) throws -> String {
        guard let row = try db.first(ViewerProfileQueries.takeGuess(id, at: now)) else {
            guard let until: Timestamp = try db.value(ViewerProfileQueries.closedUntil(id)) else {
                throw Failure.notFound
            }
            throw Failure.tooManyPINs(retryAfter: until - now)
        }
        if let pause = PINPause.length(after: try row["wrong_pins"]) {
            try db.execute(ViewerProfileQueries.close(id, until: now + pause))
        }
        return try row["pin"]
    }

    func hash(of pin: ViewerProfileChange.PINChange) async throws -> String? {
        switch pin {
        case .keep, .remove: nil
        case .set(let digits): try await accounts.passwords.hash(digits)
        }
    }
}

extension Failure.FieldProblem {
    /// The same of another field.
    fileprivate func at(_ field: String) -> Failure.FieldProblem { Failure.FieldProblem(field, key) }
}
