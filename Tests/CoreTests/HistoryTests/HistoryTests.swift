import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("What was watched, each profile for itself")
struct HistoryTests {
    /// A film of so many seconds, as processing leaves it.
    private func film(
        of member: Cast.Member,
        _ title: String = "Film",
        seconds: Int64 = 100,
        visibility: Media.Visibility = .private,
        rating: Int64? = nil,
        in house: ProfileHouse
    ) async throws -> String {
        let id = try await house.house.upload(text(10), title: title, visibility: visibility, by: member)
        try await house.house.database.write { db in
            try db.execute(
                """
                UPDATE media SET kind = 'video', status = 'ready', duration = \(seconds * 1000), age_rating = \(rating)
                WHERE public_id = \(id)
                """
            )
        }
        return id
    }

    @Test("Each profile goes on where it stopped, and another one begins", arguments: Engine.available)
    func places(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let browser = try await house.browser(of: house.cast.uma)
            let film = try await film(of: house.cast.uma, in: house)
            let first = try await browser.scope
            try await house.history.keep(12.5, of: film, in: first)
            try await house.history.keep(40, of: film, in: first)
            #expect(try await house.history.place(in: film, for: first) == .seconds(40))

            try await browser.choose(try await house.add("Max", by: browser))
            let second = try await browser.scope
            #expect(try await house.history.place(in: film, for: second) == nil)
            #expect(try await house.history.unfinished(in: second).isEmpty)
            try await house.history.keep(7, of: film, in: second)
            #expect(try await house.history.unfinished(in: second).map(\.position) == [.seconds(7)])
            #expect(try await house.history.unfinished(in: first).map(\.position) == [.seconds(40)])
        }
    }

    @Test("What was hardly begun or watched to its end is not gone on with", arguments: Engine.available)
    func ends(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let scope = try await house.browser(of: house.cast.uma).scope
            let film = try await film(of: house.cast.uma, in: house)
            for (seconds, place) in [(4.9, nil), (5, 5), (94, 94), (95, nil), (1000, nil), (20, 20)]
                as [(Double, Double?)]
            {
                try await house.history.keep(seconds, of: film, in: scope)
                #expect(
                    try await house.history.place(in: film, for: scope) == place.map { Duration.seconds($0) },
                    "\(seconds)"
                )
                #expect(try await house.history.unfinished(in: scope).count == (place == nil ? 0 : 1))
            }
            for wrong in [-1, .nan, .infinity, 1e9] {
                await #expect(throws: Failure.self) { try await house.history.keep(wrong, of: film, in: scope) }
            }
        }
    }

    @Test(
        "The list begins with what was watched last; what is gone or hidden is not in it",
        arguments: Engine.available
    )
    func list(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let scope = try await house.browser(of: house.cast.uma).scope
            let one = try await film(of: house.cast.uma, "One", in: house)
            let two = try await film(of: house.cast.otto, "Two", visibility: .public, in: house)
            let hidden = try await film(of: house.cast.otto, "Hidden", in: house)
            await #expect(throws: Failure.notFound) { try await house.history.keep(10, of: hidden, in: scope) }
            for id in [one, two] {
                house.house.clock.advance(by: .seconds(1))
                try await house.history.keep(10, of: id, in: scope)
            }
            #expect(try await house.history.unfinished(in: scope).map(\.item.title) == ["Two", "One"])
            try await house.house.trash.put(one, in: house.cast.uma.scope)
            let hiding = try MediaChanges(title: "Two", description: "", visibility: "private", ageRating: "")
            try await house.house.items.edit(two, hiding, in: house.cast.otto.scope)
            #expect(try await house.history.unfinished(in: scope).isEmpty)
        }
    }

    @Test("Programs, visitors and those who act for somebody have no history", arguments: Engine.available)
    func nobody(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let film = try await film(of: house.cast.uma, in: house)
            await #expect(throws: Failure.noHistory) {
                try await house.history.keep(10, of: film, in: house.cast.uma.scope)
            }
            #expect(try await house.history.unfinished(in: house.cast.uma.scope).isEmpty)
        }
    }

    @Test("A profile takes its history with it, and says before how much that is", arguments: Engine.available)
    func removal(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let uma = house.cast.uma
            let browser = try await house.browser(of: uma)
            let max = try await house.add("Max", by: browser)
            try await browser.choose(max)
            let (film, scope) = (try await film(of: uma, in: house), try await browser.scope)
            try await house.history.keep(10, of: film, in: scope)
            let profile = try await house.profiles.find(max, in: scope)
            #expect(try await house.history.count(of: profile, in: scope) == 1)
            #expect(try await house.history.count(of: profile, in: house.cast.otto.scope) == 0)
            try await house.profiles.remove(max, .none, from: browser.id, in: scope)
            #expect(try await house.house.count("SELECT COUNT(*) FROM watch_position") == 0)
            // A player that still tells where it is changes nothing.
            try await house.history.keep(20, of: film, in: scope)
            #expect(try await house.house.count("SELECT COUNT(*) FROM watch_position") == 0)
        }
    }

    @Test(
        "A child's profile finds only what is rated for it: in no list, search, page, file or status",
        arguments: Engine.available
    )
    func limits(engine: Engine) async throws {
        try await ProfileHouse.with(engine) { house in
            let (uma, media) = (house.cast.uma, house.house)
            let browser = try await house.browser(of: uma)
            try await browser.choose(try await house.add("Mia", limit: "12", by: browser))
            let (child, adult) = (try await browser.scope, uma.scope)
            var ids: [Int64?: String] = [:]
            for rating in [nil, 6, 12, 16, 18] as [Int64?] {
                ids[rating] = try await film(of: uma, "Seen by some", visibility: .public, rating: rating, in: house)
            }
            for (rating, id) in ids {
                let isFor = rating.map { $0 <= 12 } ?? false
                #expect(try await media.items.statuses([id], in: child).count == (isFor ? 1 : 0))
                if isFor {
                    // It may look, but it manages nothing, though the account does.
                    #expect(try await !media.items.find(id, in: child).mayManage)
                    let changes = try MediaChanges(title: "x", description: "", visibility: "public", ageRating: "18")
                    await #expect(throws: Failure.onlyWatching) {
                        try await media.items.edit(id, changes, in: child)
                    }
                    await #expect(throws: Failure.onlyWatching) { try await media.trash.put(id, in: child) }
                    try await house.history.keep(10, of: id, in: child)
                } else {
                    // Whoever may see it asks first: an answer that is remembered is not for the child.
                    _ = try await media.items.open(.original, of: id, in: adult)
                    await #expect(throws: Failure.notFound) { try await media.items.find(id, in: child) }
                    await #expect(throws: Failure.notFound) { try await media.items.open(.original, of: id, in: child) }
                    await #expect(throws: Failure.notFound) { try await media.films.rungs(of: id, in: child) }
                    await #expect(throws: Failure.notFound) { try await house.history.keep(10, of: id, in: child) }
                }
            }
            for shelf in [LibraryRequest.Shelf.own, .everybody, .managed] {
                for search in [nil, "seen"] {
                    let request = LibraryRequest(shelf: shelf, search: search)
                    #expect(try await media.library.page(request, in: adult).items.count == 5)
                    let found = try await media.library.page(request, in: child).items.map(\.publicID)
                    #expect(Set(found) == Set([ids[6], ids[12]].compactMap(\.self)), "\(shelf)")
                }
            }
            #expect(try await house.history.unfinished(in: child).count == 2)
        }
    }
}
