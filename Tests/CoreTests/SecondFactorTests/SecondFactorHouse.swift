import Persistence
import TestSupport
import Testing

@testable import Core

/// A database with the cast in it, a clock, and what two-step sign-in needs.
struct SecondFactorHouse: Sendable {
    let database: any Database
    let world: TestEffects
    let accounts: Accounts
    let sessions: Sessions
    let factors: SecondFactors
    let cast: Cast

    static let key = Array("a secret that only these tests know".utf8)
    static let visitor = Scope.visitor(tenant: .platform)

    static func with(_ engine: Engine, _ body: (SecondFactorHouse) async throws -> Void) async throws {
        try await withDatabase(engine) { database in
            let world = TestEffects()
            let accounts = Accounts(database: database, effects: world.effects, passwords: CheapPasswords())
            try await body(
                SecondFactorHouse(
                    database: database,
                    world: world,
                    accounts: accounts,
                    sessions: Sessions(database: database, effects: world.effects),
                    factors: SecondFactors(accounts: accounts, secretKey: key),
                    cast: Cast(accounts)
                )
            )
        }
    }

    /// The app on somebody's telephone.
    func app(of member: Cast.Member) async throws -> OneTimeCode {
        let sealed = try await database.read { db in
            try db.value("SELECT secret FROM second_factor WHERE account_id = \(member.id)", as: [UInt8].self)
        }
        let secret = factors.seal.open(try #require(sealed), for: SecondFactors.owner(member.id))
        return OneTimeCode(secret: try #require(secret))
    }

    /// What the app shows now.
    func code(of member: Cast.Member) async throws -> String {
        try await app(of: member).code(step: OneTimeCode.step(at: world.now))
    }

    /// Turns it on and lets that code's step go by; answers the recovery codes.
    @discardableResult
    func turnOn(for member: Cast.Member) async throws -> [RecoveryCode] {
        try await factors.begin(in: member.scope)
        let codes = try await factors.confirm(try await code(of: member), language: "en", in: member.scope)
        world.advance(by: .seconds(60))
        return codes
    }

    /// The token that the right password is answered with.
    func firstStep(_ member: Cast.Member, from client: String = "192.0.2.1") async throws -> String {
        let attempt = SignIn(email: member.email, password: member.password, client: client, device: nil)
        let result = try await accounts.signIn(attempt, in: Self.visitor)
        guard case .secondStep(let token) = result else { throw Unexpected(result: "\(result)") }
        return token
    }

    func finish(_ token: String, _ code: String, from client: String = "192.0.2.1", device: String? = nil) async throws
        -> SecondStepResult
    {
        let step = SecondStep(token: token, code: code, client: client, device: device)
        return try await factors.finish(step, in: Self.visitor)
    }

    func actions() async throws -> [String] {
        try await Audit(database: database, effects: world.effects).list(in: .system()).items.map(\.action)
    }

    /// The kinds of the mails that somebody gets, newest first.
    func mails(to member: Cast.Member) async throws -> [Letter.Kind] {
        try await Outbox(database: database).list(of: member.id, in: .system()).map(\.kind)
    }

    struct Unexpected: Error {
        let result: String
    }
}

extension SecondStepResult {
    var isSignedIn: Bool {
        if case .signedIn = self { return true }
        return false
    }
}
