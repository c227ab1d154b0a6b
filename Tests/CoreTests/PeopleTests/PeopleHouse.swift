import Persistence
import TestSupport

@testable import Core

/// The cast, and the operations of those who manage people, on a fresh database.
struct PeopleHouse: Sendable {
    let database: any Database
    let clock: TestEffects
    let accounts: Accounts
    let cast: Cast

    var people: People { People(accounts: accounts) }
    var sessions: Sessions { Sessions(database: database, effects: clock.effects) }
    var audit: Audit { Audit(database: database, effects: clock.effects) }

    static func with(_ engine: Engine, sendsMail: Bool = false, _ body: (PeopleHouse) async throws -> Void) async throws
    {
        try await withDatabase(engine) { database in
            let clock = TestEffects()
            let accounts = Accounts(
                database: database,
                effects: clock.effects,
                passwords: CheapPasswords(),
                policy: EmailPolicy(sendsMail: sendsMail, withheld: [])
            )
            try await body(
                PeopleHouse(
                    database: database,
                    clock: clock,
                    accounts: accounts,
                    cast: try await Cast(accounts)
                )
            )
        }
    }

    /// As the database has it now.
    func now(_ member: Cast.Member) async throws -> Account {
        try await accounts.find(member.id, in: .system())
    }

    /// What a form sends that changes nothing.
    func form(_ member: Cast.Member) async throws -> EditForm {
        let person = try await people.find(member.account.publicID, in: cast.root.scope)
        return EditForm(
            username: person.account.username,
            email: person.account.email,
            typeCode: person.account.typeCode,
            status: person.account.status.rawValue,
            parent: person.parent?.username ?? "",
            version: person.account.version
        )
    }
}

/// A form to type into.
struct EditForm {
    var username: String
    var email: String
    var typeCode: String
    var status: String
    var parent: String
    var version: String

    var change: PersonChange {
        PersonChange(
            username: username,
            email: email,
            typeCode: typeCode,
            status: status,
            parent: parent,
            version: version,
            language: "de"
        )
    }
}
