import Foundation
import Integrations
import Persistence

/// Two-step sign-in: an authenticator app besides the password, and recovery codes for the day on which it is gone.
package struct SecondFactors: Sendable {
    let accounts: Accounts
    let seal: SecretSeal

    package init(accounts: Accounts, secretKey: [UInt8]) {
        self.accounts = accounts
        seal = SecretSeal(secretKey: secretKey, purpose: "second factor")
    }

    var database: any Database { accounts.database }
    var effects: Effects { accounts.effects }

    /// What the asking account has.
    package func state(in scope: Scope) async throws -> SecondFactor {
        let account = try scope.requireAccount()
        return try await database.read { db in try Self.state(of: account, on: db) }
    }

    /// Makes a key for an app, in place of one that was never confirmed. Throws `Failure.secondFactorIsOn`.
    package func begin(in scope: Scope) async throws {
        let account = try scope.requireAccount()
        let sealed = try seal.seal(effects.randomBytes(OneTimeCode.secretLength), for: Self.owner(account))
        let now = effects.now()
        try await database.write { db in
            guard try db.execute(SecondFactorQueries.begin(sealed, of: account, at: now)) == 1 else {
                throw Failure.secondFactorIsOn
            }
            try Audit.record(AuditEvent("second_factor.begun", .account(account)), in: scope, at: now, on: db)
        }
    }

    /// What the app has to be told, as long as no code has confirmed it. Throws `Failure.notFound` when none was begun.
    /// - Parameter brand: the name under which the app lists it.
    package func enrolment(brand: String, in scope: Scope) async throws -> SecondFactor.Enrolment {
        let account = try scope.requireAccount()
        let (found, sealed) = try await database.read { db in
            let query = SecondFactorQueries.secret(of: account, isConfirmed: false)
            return (try AccountQueries.find(account, in: scope, on: db), try db.value(query, as: [UInt8].self))
        }
        guard let found, let sealed, let secret = seal.open(sealed, for: Self.owner(account)) else {
            throw Failure.notFound
        }
        return try SecondFactor.Enrolment(secret: secret, brand: brand, email: found.email)
    }

    /// Turns it on by the app's first code, and answers the recovery codes: this once, as only their hashes are kept. The
    /// person gets a mail. Throws `Failure` at the field `code`.
    package func confirm(_ code: String, language: String, in scope: Scope) async throws -> [RecoveryCode] {
        let account = try scope.requireAccount()
        let codes = makeCodes()
        let now = effects.now()
        return try await database.write { [seal] db in
            let query = SecondFactorQueries.secret(of: account, isConfirmed: false)
            guard let sealed = try db.value(query, as: [UInt8].self),
                let secret = seal.open(sealed, for: Self.owner(account))
            else { throw Failure.notFound }
            guard let step = OneTimeCode(secret: secret).step(of: code.filter { !$0.isWhitespace }, at: now),
                try db.execute(SecondFactorQueries.confirm(of: account, step: step, at: now)) == 1
            else { throw Failure.invalid([.codeWrong]) }
            try Self.replaceCodes(of: account, by: codes, on: db)
            try Self.tell(
                .secondFactorOn,
                .secondFactorOn,
                account,
                "second_factor.turned_on",
                language,
                in: scope,
                at: now,
                on: db
            )
            return codes
        }
    }

    /// Ten new recovery codes; the old ones are worth nothing more. Throws `Failure.secondFactorIsOff`.
    package func renewCodes(in scope: Scope) async throws -> [RecoveryCode] {
        let account = try scope.requireAccount()
        let codes = makeCodes()
        let now = effects.now()
        return try await database.write { db in
            guard try Self.state(of: account, on: db).isOn else { throw Failure.secondFactorIsOff }
            try Self.replaceCodes(of: account, by: codes, on: db)
            try Audit.record(AuditEvent("second_factor.codes_renewed", .account(account)), in: scope, at: now, on: db)
            return codes
        }
    }

    /// Takes both, password and code. The person gets a mail. Throws `Failure` at the fields `password` and `code`, and
    /// `Failure.secondFactorIsOff`.
    package func turnOff(password: String, code: String, language: String, in scope: Scope) async throws {
        let account = try scope.requireAccount()
        guard try await state(in: scope).isOn else { throw Failure.secondFactorIsOff }
        try await proving(.both(password: password, code: code), in: scope) { db, now in
            try Self.forget(account, on: db)
            try Self.tell(
                .secondFactorOff,
                .secondFactorOff,
                account,
                "second_factor.turned_off",
                language,
                in: scope,
                at: now,
                on: db
            )
        }
    }

    /// For somebody who lost telephone and codes: from then on the password is enough. Answers false where it is off.
    static func reset(
        _ account: ID<Account>,
        language: String,
        in scope: Scope,
        at now: Timestamp,
        on db: any Connection
    ) throws -> Bool {
        guard try state(of: account, on: db).isOn else { return false }
        try forget(account, on: db)
        try tell(
            .secondFactorOff,
            .secondFactorOff,
            account,
            "second_factor.reset",
            language,
            in: scope,
            at: now,
            on: db
        )
        return true
    }

    private func makeCodes() -> [RecoveryCode] {
        (0..<RecoveryCode.count).map { _ in RecoveryCode(bytes: effects.randomBytes(RecoveryCode.byteCount)) }
    }

    static func state(of account: ID<Account>, on db: any Connection) throws -> SecondFactor {
        guard let row = try db.first(SecondFactorQueries.state(of: account)) else { throw Failure.notFound }
        return SecondFactor(since: try row.optional("since"), recoveryCodes: try row["codes"])
    }

    private static func replaceCodes(
        of account: ID<Account>,
        by codes: [RecoveryCode],
        on db: any Connection
    ) throws {
        try db.execute(SecondFactorQueries.forgetCodes(of: account))
        for code in codes { try db.execute(SecondFactorQueries.insert(code, of: account)) }
    }

    private static func forget(_ account: ID<Account>, on db: any Connection) throws {
        try db.execute(SecondFactorQueries.forget(account))
        try db.execute(SecondFactorQueries.forgetCodes(of: account))
        try db.execute(SignInStepQueries.endAll(of: account))
    }

    /// Audit entry and mail of a change.
    private static func tell(
        _ letter: Letter.Kind,
        _ event: NotificationEvent,
        _ account: ID<Account>,
        _ action: String,
        _ language: String,
        in scope: Scope,
        at now: Timestamp,
        on db: any Connection
    ) throws {
        try Audit.record(AuditEvent(action, .account(account)), in: scope, at: now, on: db)
        try Notify.tell(account, event, at: now, on: db)
        guard let reader = try AccountQueries.find(account, in: .system(), on: db) else { return }
        try Outbox.add(letter, to: reader, language: language, at: now, on: db)
    }

    /// What a sealed secret belongs to.
    static func owner(_ account: ID<Account>) -> String { "account \(account)" }
}

extension SecondFactor.Enrolment {
    /// The address as Google's Key URI format has it, which every app reads.
    init(secret: [UInt8], brand: String, email: String) throws {
        let key = Base32.encode(secret)
        let name = "\(Self.encoded(brand)):\(Self.encoded(email))"
        let address = "otpauth://totp/\(name)?secret=\(key)&issuer=\(Self.encoded(brand))&digits=6&period=30"
        self.init(key: key, address: address, picture: try QRCode(address).rows)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed.subtracting(.init(charactersIn: ":&?#")))
            ?? text
    }
}
