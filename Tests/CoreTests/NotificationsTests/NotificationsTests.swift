import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Notifications")
struct NotificationsTests {
    private static let item = NotificationEvent.Item(publicID: "aB3dE6gH9jK", title: "Evening at the lake")

    private static func all(_ kind: NotificationKind) -> NotificationEvent {
        switch kind {
        case .mediaReady: .mediaReady(item)
        case .mediaFailed: .mediaFailed(item)
        case .storageNearlyFull: .storageNearlyFull(.init(used: 95, limit: 100))
        case .importFinished: .importFinished(.init(publicID: "x", added: 3))
        case .accountUnlocked: .accountUnlocked
        case .accountTypeChanged: .accountTypeChanged(.init(name: "Premium “plus”"))
        case .newDevice: .newDevice(.init(address: "192.0.2.7", userAgent: "Firefox"))
        case .passwordChanged: .passwordChanged
        case .addressChanged: .addressChanged
        case .secondFactorOn: .secondFactorOn
        case .secondFactorOff: .secondFactorOff
        case .passkeyAdded: .passkeyAdded
        case .passkeyRemoved: .passkeyRemoved
        }
    }

    private static func tell(_ member: Cast.Member, _ event: NotificationEvent, in house: MailHouse) async throws {
        let now = house.world.now
        try await house.database.write { db in try Notify.tell(member.id, event, at: now, on: db) }
    }

    private static func notifications(_ house: MailHouse) -> Notifications {
        Notifications(database: house.database, effects: house.world.effects)
    }

    @Test(
        "What happened is listed newest first, as it was told, to whom it concerns and nobody else",
        arguments: Engine.available
    )
    func list(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (notifications, cast) = (Self.notifications(house), house.cast)
            for kind in NotificationKind.allCases { try await Self.tell(cast.uma, Self.all(kind), in: house) }
            let entries = try await notifications.page(in: cast.uma.scope).items
            #expect(entries.map(\.event) == NotificationKind.allCases.reversed().map(Self.all))
            #expect(entries.allSatisfy { $0.readAt == nil })
            for other in [cast.sam, cast.root, cast.otto] {
                #expect(try await notifications.page(in: other.scope).items.isEmpty)
            }
            await #expect(throws: Failure.notSignedIn) { try await notifications.page(in: house.visitor) }
        }
    }

    @Test("The list goes on where it stopped, whatever comes meanwhile", arguments: Engine.available)
    func paging(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (notifications, uma) = (Self.notifications(house), house.cast.uma)
            for _ in 0..<5 { try await Self.tell(uma, .passkeyAdded, in: house) }
            let first = try await notifications.page(limit: 2, in: uma.scope)
            house.world.advance(by: .seconds(1))
            try await Self.tell(uma, .passkeyRemoved, in: house)
            let second = try await notifications.page(behind: first.next, limit: 2, in: uma.scope)
            let third = try await notifications.page(behind: second.next, limit: 2, in: uma.scope)
            let ids = (first.items + second.items + third.items).map(\.id)
            #expect(ids.count == 5 && ids == ids.sorted(by: >) && third.next == nil)
        }
    }

    @Test(
        "One is marked as read, by nobody but whose it is, and then it is no longer among the unread",
        arguments: Engine.available
    )
    func markOne(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (notifications, cast) = (Self.notifications(house), house.cast)
            try await Self.tell(cast.uma, .passkeyAdded, in: house)
            try await Self.tell(cast.uma, .passkeyRemoved, in: house)
            let entry = try #require(try await notifications.page(in: cast.uma.scope).items.first)
            for other in [cast.otto, cast.sam, cast.root] {
                await #expect(throws: Failure.notFound) { try await notifications.markRead(entry.id, in: other.scope) }
            }
            #expect(try await notifications.page(isUnread: true, in: cast.uma.scope).items.count == 2)
            for _ in 0..<2 { try await notifications.markRead(entry.id, in: cast.uma.scope) }
            #expect(
                try await notifications.page(isUnread: true, in: cast.uma.scope).items.map(\.event) == [.passkeyAdded]
            )
            #expect(try await notifications.page(in: cast.uma.scope).items.count == 2)
        }
    }

    @Test("All are marked as read but what came after the page was made", arguments: Engine.available)
    func markAll(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (notifications, cast) = (Self.notifications(house), house.cast)
            for _ in 0..<3 { try await Self.tell(cast.uma, .passkeyAdded, in: house) }
            try await Self.tell(cast.otto, .passkeyAdded, in: house)
            let newest = try #require(try await notifications.page(in: cast.uma.scope).items.first)
            try await Self.tell(cast.uma, .passkeyRemoved, in: house)
            #expect(try await notifications.markRead(through: newest.id, in: cast.uma.scope) == 3)
            let unread = try await notifications.page(isUnread: true, in: cast.uma.scope).items
            #expect(unread.map(\.event) == [.passkeyRemoved])
            #expect(try await notifications.page(isUnread: true, in: cast.otto.scope).items.count == 1)
        }
    }

    @Test(
        "A mail comes as somebody chose, and of security's kinds in letters of their own alone",
        arguments: Engine.available
    )
    func mails(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (notifications, cast) = (Self.notifications(house), house.cast)
            #expect(try await notifications.mailed(in: cast.uma.scope).contains(.mediaFailed))
            for kind in NotificationKind.allCases { try await Self.tell(cast.uma, Self.all(kind), in: house) }
            #expect(try await house.mails(of: cast.uma.account).count == 4)

            try await notifications.choose(mailed: [.mediaReady, .passwordChanged], in: cast.uma.scope)
            #expect(try await notifications.mailed(in: cast.uma.scope) == [.mediaReady])
            for kind in NotificationKind.allCases { try await Self.tell(cast.uma, Self.all(kind), in: house) }
            #expect(try await house.mails(of: cast.uma.account).count == 5)
            #expect(try await notifications.mailed(in: cast.sam.scope).contains(.mediaFailed))

            try await house.runJobs()
            #expect(house.bag.delivered.count == 5)
            #expect(
                try await house.mails(of: cast.uma.account).allSatisfy { $0.state == .sent && $0.kind == .notification }
            )
        }
    }

    @Test("An address that nobody proved gets no mail", arguments: Engine.available)
    func unproven(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma
            try await house.database.write { db in
                _ = try db.execute("UPDATE account SET email_verified_at = NULL WHERE id = \(uma.id)")
            }
            try await Self.tell(uma, .mediaFailed(Self.item), in: house)
            #expect(try await house.mails(of: uma.account).isEmpty)
            #expect(try await Self.notifications(house).page(in: uma.scope).items.count == 1)
        }
    }

    @Test("Storage that is nearly full is told once for each time the mark is crossed", arguments: Engine.available)
    func storage(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma
            let now = house.world.now
            try await house.database.write { db in
                _ = try db.execute("UPDATE user_type SET storage_bytes = 100 WHERE code = 'basic'")
            }
            func told() async throws -> [NotificationEvent] {
                try await Self.notifications(house).page(in: uma.scope).items.map(\.event)
            }
            for (bytes, count) in [(89, 0), (1, 1), (5, 1), (-5, 1), (5, 1), (-20, 1), (20, 2)] as [(Int64, Int)] {
                try await house.database.write { db in try StorageUse.add(bytes, to: uma.id, at: now, on: db) }
                #expect(try await told().count == count, "after \(bytes)")
            }
            #expect(try await told().last == .storageNearlyFull(.init(used: 90, limit: 100)))
        }
    }

    @Test("What an administrator does to an account, and a changed password, are told", arguments: Engine.available)
    func causes(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (cast, people) = (house.cast, People(accounts: house.accounts))
            try await people.perform(.changeType("premium"), on: cast.uma.account.publicID, in: cast.root.scope)
            let change = PasswordChange(
                current: PasswordProof(password: cast.uma.password, client: "192.0.2.1", device: nil),
                password: "nine slow ferries",
                confirmation: "nine slow ferries",
                revokesTokens: false,
                language: "en"
            )
            try await house.accounts.changePassword(change, keeping: nil, in: cast.uma.scope)
            let kinds = try await Self.notifications(house).page(in: cast.uma.scope).items.map(\.event.kind)
            #expect(kinds == [.passwordChanged, .accountTypeChanged])
            let letters = try await house.mails(of: cast.uma.account).map(\.kind)
            #expect(letters == [.passwordChanged, .notification])
        }
    }

    @Test("After ninety days it is forgotten, and its mail with it", arguments: Engine.available)
    func sweep(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (notifications, uma) = (Self.notifications(house), house.cast.uma)
            try await Self.tell(uma, .mediaFailed(Self.item), in: house)
            house.world.advance(by: .days(89))
            try await Self.tell(uma, .passkeyAdded, in: house)
            house.world.advance(by: .days(2))
            let before = house.world.now - NotificationSweep.lifetime
            try await house.database.write { db in _ = try db.execute(NotificationQueries.sweep(before: before)) }
            #expect(try await notifications.page(in: uma.scope).items.map(\.event) == [.passkeyAdded])
            #expect(try await house.mails(of: uma.account).isEmpty)
        }
    }

    @Test("The list and the number come from indexes", arguments: Engine.available)
    func plans(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let statements = [
                try NotificationQueries.page(of: ID(1), isUnread: false, behind: nil, limit: 51),
                try NotificationQueries.page(of: ID(1), isUnread: true, behind: nil, limit: 51),
                "SELECT \(NotificationQueries.unread(of: "a.id")) AS unread FROM account a WHERE a.id = \(ID<Account>(1))",
            ]
            for statement in statements {
                let plan = try await database.read { db in try db.explain(statement) }
                #expect(!plan.scansTable("n") && !plan.sorts, "\(plan)")
            }
        }
    }
}
