import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("People: editing")
struct PersonEditTests {
    @Test("Everything can be changed at once, and before and after are written down", arguments: Engine.available)
    func edit(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (root, uma) = (house.cast.root, house.cast.uma)
            var form = try await house.form(uma)
            (form.username, form.email, form.typeCode) = ("Uma.K", "uma.k@example.org", "premium")
            (form.status, form.parent) = ("suspended", "rolf")
            try await house.people.edit(uma.account.publicID, form.change, in: root.scope)

            let account = try await house.now(uma)
            #expect(account.username == "Uma.K" && account.email == "uma.k@example.org")
            #expect(account.typeCode == "premium" && account.status == .suspended)
            #expect(account.parent == house.cast.rolf.id && account.isEmailVerified)
            #expect(try await house.accounts.byEmail("UMA.K@example.org", in: root.scope).id == uma.id)
            await #expect(throws: Failure.notFound) { try await house.accounts.find(uma.id, in: house.cast.rita.scope) }
            let entries = try await house.audit.list(Audit.Filter(action: "account.edited"), in: root.scope).items
            #expect(
                entries.first?.personal?.details == [
                    "username.before": "uma", "username": "Uma.K", "email.before": "uma@example.com",
                    "email": "uma.k@example.org", "parent.before": "sam", "parent": "rolf",
                ]
            )
        }
    }

    @Test("A form that changes nothing leaves no trace", arguments: Engine.available)
    func nothing(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let uma = house.cast.uma
            let before = try await house.audit.list(in: house.cast.root.scope).items.count
            try await house.people.edit(uma.account.publicID, house.form(uma).change, in: house.cast.rita.scope)
            #expect(try await house.audit.list(in: house.cast.root.scope).items.count == before)
        }
    }

    @Test("What somebody else changed meanwhile is not overwritten", arguments: Engine.available)
    func meanwhile(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (root, uma) = (house.cast.root, house.cast.uma)
            var (first, second) = (try await house.form(uma), try await house.form(uma))
            first.username = "umar"
            second.email = "other@example.org"
            try await house.people.edit(uma.account.publicID, first.change, in: root.scope)
            await #expect(throws: Failure.changedMeanwhile) {
                try await house.people.edit(uma.account.publicID, second.change, in: root.scope)
            }
            #expect(try await house.now(uma).email == "uma@example.com")
        }
    }

    @Test("Every field that is wrong is named, and nothing changes", arguments: Engine.available)
    func refusals(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (root, uma, sam) = (house.cast.root, house.cast.uma, house.cast.sam)
            var form = try await house.form(uma)
            (form.username, form.email, form.typeCode) = ("OTTO", "sam@example.com", "king")
            (form.status, form.parent) = ("closed", "nobody")
            let failure = await #expect(throws: Failure.self) {
                try await house.people.edit(uma.account.publicID, form.change, in: root.scope)
            }
            #expect(failure?.fields.map(\.field) == ["username", "email", "user_type", "status", "parent"])

            var cycle = try await house.form(sam)
            cycle.username = "samuel"
            cycle.parent = "uma"
            let refused = await #expect(throws: Failure.self) {
                try await house.people.edit(sam.account.publicID, cycle.change, in: root.scope)
            }
            #expect(refused?.fields.map(\.field) == ["parent"])
            #expect(try await house.now(sam).username == "sam")

            var own = try await house.form(root)
            (own.typeCode, own.status) = ("basic", "suspended")
            let lost = await #expect(throws: Failure.self) {
                try await house.people.edit(root.account.publicID, own.change, in: root.scope)
            }
            #expect(lost?.fields.map(\.field) == ["user_type", "status"])
        }
    }

    @Test("A reseller moves people about below, and never out or up", arguments: Engine.available)
    func reseller(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (rita, uma) = (house.cast.rita, house.cast.uma)
            for target in ["", "rolf", "root"] {
                var form = try await house.form(uma)
                form.parent = target
                let failure = await #expect(throws: Failure.self) {
                    try await house.people.edit(uma.account.publicID, form.change, in: rita.scope)
                }
                #expect(failure?.fields.map(\.field) == ["parent"], "\(target)")
            }
            var form = try await house.form(uma)
            form.parent = "rita"
            try await house.people.edit(uma.account.publicID, form.change, in: rita.scope)
            #expect(try await house.now(uma).parent == rita.id)
            let own = try await house.form(rita)
            await #expect(throws: Failure.forbidden) {
                try await house.people.edit(rita.account.publicID, own.change, in: rita.scope)
            }
            await #expect(throws: Failure.notFound) {
                try await house.people.edit(house.cast.otto.account.publicID, own.change, in: rita.scope)
            }
        }
    }

    @Test("Where mails are sent a new address has to be proven", arguments: Engine.available)
    func address(engine: Engine) async throws {
        try await PeopleHouse.with(engine, sendsMail: true) { house async throws in
            let uma = house.cast.uma
            var form = try await house.form(uma)
            form.email = "new@example.org"
            try await house.people.edit(uma.account.publicID, form.change, in: house.cast.root.scope)
            #expect(try await !house.now(uma).isEmailVerified)
            let mails = try await Outbox(database: house.database).list(of: uma.id, in: house.cast.root.scope)
            #expect(mails.map(\.kind) == [.addressSet, .verifyEmail])
            #expect(mails.map(\.recipient) == [uma.email, "new@example.org"], "the old address is told")
            #expect(mails.map(\.language) == ["de", "de"])
        }
    }

    @Test("Notes are seen by who wrote them and by those above, never by the person", arguments: Engine.available)
    func notes(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let (cast, uma) = (house.cast, house.cast.uma)
            try await house.people.addNote("Pays late", about: uma.account.publicID, in: cast.sam.scope)
            try await house.people.addNote("Watch this one", about: uma.account.publicID, in: cast.root.scope)
            for (who, seen) in [(cast.root, 2), (cast.rita, 1), (cast.sam, 1)] {
                #expect(try await house.people.find(uma.account.publicID, in: who.scope).notes.count == seen)
            }
            await #expect(throws: Failure.forbidden) {
                try await house.people.find(uma.account.publicID, in: uma.scope)
            }
            for text in ["", "  \n", String(repeating: "x", count: 2001)] {
                let failure = await #expect(throws: Failure.self) {
                    try await house.people.addNote(text, about: uma.account.publicID, in: cast.sam.scope)
                }
                #expect(failure?.fields.map(\.field) == ["text"])
            }
        }
    }
}
