package import Core
package import Persistence

/// The people of every test: an administrator, a reseller with a sub-reseller who has a customer, and a stranger who is
/// another reseller's customer. Most tests are one of them, one act, one outcome.
package struct Cast: Sendable {
    package struct Member: Sendable {
        package let account: Account
        package let scope: Scope

        package var id: ID<Account> { account.id }
        package var email: String { account.email }
        package var password: String { Cast.password(of: account.username) }
    }

    /// The administrator.
    package let root: Member
    /// A reseller.
    package let rita: Member
    /// Her sub-reseller.
    package let sam: Member
    /// Sam's customer.
    package let uma: Member
    /// Another reseller.
    package let rolf: Member
    /// Rolf's customer: a stranger to the rest.
    package let otto: Member

    package var all: [Member] { [root, rita, sam, uma, rolf, otto] }

    /// Uma and otto are `basic`; both may upload and neither may use the API.
    package init(_ accounts: Accounts) async throws {
        root = try await Self.make("root", "admin", nil, accounts)
        rita = try await Self.make("rita", "reseller", nil, accounts)
        sam = try await Self.make("sam", "reseller", rita.id, accounts)
        uma = try await Self.make("uma", "basic", sam.id, accounts)
        rolf = try await Self.make("rolf", "reseller", nil, accounts)
        otto = try await Self.make("otto", "basic", rolf.id, accounts)
    }

    package init(on database: any Database, effects: Effects = TestEffects().effects) async throws {
        try await self.init(Accounts(database: database, effects: effects, passwords: CheapPasswords()))
    }

    package static func password(of name: String) -> String {
        "the long secret of \(name)"
    }

    private static func make(
        _ name: String,
        _ type: String,
        _ parent: ID<Account>?,
        _ accounts: Accounts
    ) async throws -> Member {
        let account = try await accounts.create(
            NewAccount(
                username: name,
                email: "\(name)@example.com",
                password: password(of: name),
                typeCode: type,
                parent: parent
            ),
            in: .system()
        )
        return Member(account: account, scope: try await accounts.scope(for: account.id))
    }
}
