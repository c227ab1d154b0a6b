import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Items")
struct MediaItemsTests {
    @Test("Who sees, and who may change, an item of uma's", arguments: Engine.available)
    func access(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let cast = house.cast
            let managers = [cast.root, cast.rita, cast.sam, cast.uma]
            let strangers = [cast.rolf.scope, cast.otto.scope]
            let visitor = Scope.visitor(tenant: .platform)
            for visibility in Media.Visibility.allCases {
                let id = try await house.upload(text(10), visibility: visibility, by: cast.uma)
                let changes = try MediaChanges(
                    title: "New",
                    description: "",
                    visibility: visibility.rawValue,
                    ageRating: ""
                )
                for member in managers {
                    let details = try await house.items.find(id, in: member.scope)
                    #expect(details.mayManage && details.mayDownload)
                    try await house.items.edit(id, changes, in: member.scope)
                }
                for scope in strangers + [visitor] {
                    guard visibility != .private else {
                        await #expect(throws: Failure.notFound) { try await house.items.find(id, in: scope) }
                        await #expect(throws: Failure.notFound) { try await house.items.edit(id, changes, in: scope) }
                        await #expect(throws: Failure.notFound) { try await house.trash.put(id, in: scope) }
                        await #expect(throws: Failure.notFound) {
                            try await house.items.open(.original, of: id, in: scope)
                        }
                        continue
                    }
                    #expect(try await house.items.find(id, in: scope).mayManage == false)
                    let refusal: Failure = scope.actor == .visitor ? .notSignedIn : .forbidden
                    await #expect(throws: refusal) { try await house.items.edit(id, changes, in: scope) }
                    await #expect(throws: refusal) { try await house.trash.put(id, in: scope) }
                    await #expect(throws: refusal) { try await house.items.process(id, in: scope) }
                }
            }
        }
    }

    @Test("Another tenant's public items do not exist here", arguments: Engine.available)
    func tenants(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let id = try await house.upload(text(10), visibility: .public, by: house.cast.uma)
            let elsewhere = Scope.visitor(tenant: ID(99))
            await #expect(throws: Failure.notFound) { try await house.items.find(id, in: elsewhere) }
            let page = try await house.library.page(LibraryRequest(shelf: .everybody), in: elsewhere)
            #expect(page.items.isEmpty)
        }
    }

    @Test("An edit is checked, kept, found by search and audited once", arguments: Engine.available)
    func edit(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let id = try await house.upload(text(10), title: "First", by: uma)
            let changes = try MediaChanges(
                title: "  Ünder\tthe   Sea ",
                description: "One\r\ntwo",
                visibility: "public",
                ageRating: "12"
            )
            let media = try await house.items.edit(id, changes, in: uma.scope)
            #expect(media.title == "Ünder the Sea" && media.description == "One\ntwo")
            #expect(media.visibility == .public && media.ageRating == .twelve)
            try await house.items.edit(id, changes, in: uma.scope)
            #expect(try await house.count("SELECT COUNT(*) FROM audit_entry WHERE action = 'media.edited'") == 1)
            for (words, count) in [
                ("under sea", 1), ("SE", 1), ("first", 0), ("ünder", 1), ("sea under", 1), ("sea unde", 1),
            ] {
                let request = LibraryRequest(shelf: .everybody, search: words)
                let page = try await house.library.page(request, in: .visitor(tenant: .platform))
                #expect(page.items.count == count, "\(words)")
            }
        }
    }

    @Test("What breaks a rule is named, field by field")
    func rules() {
        #expect(throws: Failure.self) {
            try MediaChanges(title: " \n ", description: "", visibility: "public", ageRating: "")
        }
        let long = String(repeating: "x", count: 10_001)
        do {
            _ = try MediaChanges(title: "", description: long, visibility: "everyone", ageRating: "")
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.fields.map(\.field) == ["title", "description", "visibility"])
        }
        #expect(throws: Failure.self) {
            try MediaChanges(title: "a", description: "a\u{0}b", visibility: "public", ageRating: "")
        }
    }

    @Test("Bytes come with what an answer says about them; what is not made is said so", arguments: Engine.available)
    func open(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let id = try await house.upload(text(10), as: "Brief.TXT", visibility: .public, by: uma)
            let served = try await house.items.open(.original, of: id, in: uma.scope)
            let file = try await house.items.find(id, in: uma.scope).file
            #expect(served.contentType == "text/plain" && served.filename == "Brief.TXT" && served.isAttachment)
            #expect(served.etag == file.sha256 && served.file.size == 10)
            for asset in [MediaAsset.thumbnail, .poster, .playback, .display] {
                await #expect(throws: Failure.mediaNotReady) {
                    try await house.items.open(asset, of: id, in: uma.scope)
                }
            }
            // Looking at is not taking away.
            let visitor = Scope.visitor(tenant: .platform)
            await #expect(throws: Failure.notSignedIn) { try await house.items.open(.original, of: id, in: visitor) }
            let bare = Scope(actor: .account(house.cast.otto.id), tenant: .platform, permissions: [])
            await #expect(throws: Failure.forbidden) { try await house.items.open(.original, of: id, in: bare) }
            _ = try await house.items.open(.original, of: id, in: house.cast.otto.scope)
        }
    }

    @Test("Statuses speak of what one may see, and of nothing else", arguments: Engine.available)
    func statuses(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let hidden = try await house.upload(text(10), visibility: .private, by: house.cast.uma)
            let shown = try await house.upload(text(20), visibility: .public, by: house.cast.uma)
            let asked = [hidden, shown, "nothing", "'; DROP TABLE media; --"]
            let own = try await house.items.statuses(asked, in: house.cast.uma.scope)
            #expect(Set(own.map(\.publicID)) == [hidden, shown])
            #expect(own.allSatisfy { $0.status == .processing })
            let others = try await house.items.statuses(asked, in: house.cast.otto.scope)
            #expect(others.map(\.publicID) == [shown])
        }
    }

    @Test("The schema keeps what the code should", arguments: Engine.available)
    func schema(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            _ = try await house.upload(text(10), by: house.cast.uma)
            let wrong: [SQL] = [
                "UPDATE media SET status = 'failed', problem = NULL", "UPDATE media SET visibility = 'secret'",
                "UPDATE media SET title = ''", "UPDATE media SET size = -1", "UPDATE media SET kind = 'film'",
                "UPDATE media_file SET sha256 = 'short'", "DELETE FROM account WHERE id = \(house.cast.uma.id)",
                "UPDATE upload SET received = received + 1", "UPDATE upload SET storage_key = NULL",
            ]
            for statement in wrong {
                await #expect(throws: ConstraintViolation.self) {
                    try await house.database.write { db in _ = try db.execute(statement) }
                }
            }
        }
    }
}
