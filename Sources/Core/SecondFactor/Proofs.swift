import Integrations
import Persistence

extension SecondFactors {
    /// What somebody who is signed in shows of themselves once more.
    enum Shown: Sendable {
        /// One of them is enough; the other is empty.
        case either(password: String, code: String)
        case both(password: String, code: String)
    }

    /// Notes that the person in this session proved just now who they are: with the password, and with a code as well where
    /// two-step sign-in is on; otherwise whoever found out the password could add another way in. Throws `Failure` at the
    /// fields `password` and `code`, and of the kind `tooMany` after too many wrong tries.
    package func prove(password: String, code: String, for session: ID<Session>, in scope: Scope) async throws {
        let account = try scope.requireAccount()
        guard !password.isEmpty || !code.isEmpty else { throw Failure.invalid([.passwordWrong]) }
        let asksForBoth = try await database.read { db in
            let hasPassword = try db.value(SignInQueries.secret(of: account), as: String.self) != nil
            return try hasPassword && Self.state(of: account, on: db).isOn
        }
        let shown: Shown =
            asksForBoth ? .both(password: password, code: code) : .either(password: password, code: code)
        try await proving(shown, in: scope) { db, now in
            try db.execute(SessionQueries.prove(session, of: account, at: now))
            try Audit.record(AuditEvent("account.proved", .account(account)), in: scope, at: now, on: db)
        }
    }

    private enum Outcome<T: Sendable>: Sendable {
        case right(T)
        case wrong(Failure.FieldProblem)
        case closed(until: Timestamp)
    }

    /// Runs `body` in the transaction in which what was shown turned out right; counts it as a wrong try otherwise.
    func proving<T: Sendable>(
        _ shown: Shown,
        in scope: Scope,
        _ body: @escaping @Sendable (any Connection, Timestamp) throws -> T
    ) async throws -> T {
        let account = try scope.requireAccount()
        let now = effects.now()
        // Who is signed in already is told apart by nothing but the account: there are no strangers here.
        let client = SignInClient(hash: SecretHash.of("session"), isKnownDevice: true)
        let door = ProofDoor("proof", of: account, client: client)
        if let until = try await database.read({ db in try door.closedUntil(at: now, on: db) }) {
            throw Failure.tooManyTries(retryAfter: until - now)
        }
        let secret = try await secret(of: account, provenBy: shown.password)
        let outcome: Outcome<T> = try await database.write(.locking) { [seal] db in
            try door.lock(on: db)
            if let until = try door.closedUntil(at: now, on: db) { return .closed(until: until) }
            let isPassword = try secret.map { try $0 == db.value(SignInQueries.secret(of: account)) } ?? false
            let isCode =
                try shown.asksForCode(afterPassword: isPassword)
                && Self.use(shown.code, of: account, seal: seal, at: now, on: db) != nil
            guard shown.isRight(isPassword: isPassword, isCode: isCode) else {
                let until = try door.refuse("account.proof_refused", account, in: scope, at: now, on: db)
                return until.map { .closed(until: $0) } ?? .wrong(shown.problem(isPassword: isPassword))
            }
            try door.forget(on: db)
            return .right(try body(db, now))
        }
        switch outcome {
        case .right(let value): return value
        case .wrong(let problem): throw Failure.invalid([problem])
        case .closed(let until): throw Failure.tooManyTries(retryAfter: until - now)
        }
    }

    /// The stored hash that the password belongs to; nil when it is empty or wrong.
    private func secret(of account: ID<Account>, provenBy password: String) async throws -> String? {
        let password = PasswordRules.normalized(password)
        guard !password.isEmpty, !accounts.rules.isImpossible(password) else { return nil }
        let stored = try await database.read { db in try db.value(SignInQueries.secret(of: account), as: String.self) }
        guard let stored else { return nil }
        return try await accounts.passwords.verify(password, against: stored) == .mismatch ? nil : stored
    }
}

extension SecondFactors.Shown {
    var password: String {
        switch self {
        case .either(let password, _), .both(let password, _): password
        }
    }

    var code: String {
        switch self {
        case .either(_, let code), .both(_, let code): code
        }
    }

    /// A code is not used up where it decides nothing.
    func asksForCode(afterPassword isPassword: Bool) -> Bool {
        switch self {
        case .either: !isPassword && !code.isEmpty
        case .both: isPassword
        }
    }

    func isRight(isPassword: Bool, isCode: Bool) -> Bool {
        switch self {
        case .either: isPassword || isCode
        case .both: isPassword && isCode
        }
    }

    func problem(isPassword: Bool) -> Failure.FieldProblem {
        switch self {
        case .either(let password, _): password.isEmpty ? .codeWrong : .passwordWrong
        case .both: isPassword ? .codeWrong : .passwordWrong
        }
    }
}
