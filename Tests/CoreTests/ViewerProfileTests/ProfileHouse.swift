import Persistence
import TestSupport
import Testing

@testable import Core

/// A house with items in which people watch in browsers, each under a profile.
struct ProfileHouse: Sendable {
    let house: MediaHouse
    let passwords: CheapPasswords
    let accounts: Accounts

    var profiles: ViewerProfiles { ViewerProfiles(accounts: accounts) }
    var sessions: Sessions { Sessions(database: house.database, effects: house.clock.effects) }
    var history: WatchHistory { WatchHistory(database: house.database, effects: house.clock.effects) }
    var cast: Cast { house.cast }

    static func with(_ engine: Engine, _ body: (ProfileHouse) async throws -> Void) async throws {
        try await MediaHouse.with(engine) { house in
            let passwords = CheapPasswords()
            let accounts = Accounts(database: house.database, effects: house.clock.effects, passwords: passwords)
            try await body(ProfileHouse(house: house, passwords: passwords, accounts: accounts))
        }
    }

    /// A browser in which somebody signed in just now.
    func browser(of member: Cast.Member) async throws -> ProfileBrowser {
        let started = try await sessions.start(for: member.id, in: member.scope)
        return ProfileBrowser(token: started.token, id: started.session.id, house: self)
    }

    @discardableResult
    func add(
        _ name: String,
        limit: String = "",
        pin: String = "",
        by browser: ProfileBrowser,
        key: ProfileKey = .none
    ) async throws -> String {
        let change = try ViewerProfileChange(name: name, picture: "owl", colour: "leaf", ageLimit: limit, pin: pin)
        return try await profiles.add(change, key, in: try await browser.scope)
    }

    func actions() async throws -> [String] {
        try await Audit(database: house.database, effects: house.clock.effects).list(in: .system()).items.map(\.action)
    }
}

struct ProfileBrowser: Sendable {
    let token: String
    let id: ID<Session>
    let house: ProfileHouse

    var session: Session {
        get async throws { try #require(try await house.sessions.resume(token)) }
    }

    var scope: Scope {
        get async throws { try await session.scope(origin: nil) }
    }

    func choose(_ profile: String, _ key: ProfileKey = .none) async throws {
        try await house.profiles.choose(profile, key, for: id, in: try await scope)
    }
}

extension ProfileKey {
    static let none = ProfileKey.pin("")

    static func pin(_ digits: String) -> ProfileKey {
        ProfileKey(pin: digits, password: PasswordProof(password: "", client: "192.0.2.1", device: nil))
    }

    static func password(of member: Cast.Member) -> ProfileKey { password(member.password) }

    static func password(_ text: String) -> ProfileKey {
        ProfileKey(pin: "", password: PasswordProof(password: text, client: "192.0.2.1", device: nil))
    }
}
