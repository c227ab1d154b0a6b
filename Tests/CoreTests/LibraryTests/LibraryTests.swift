import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Lists")
struct LibraryTests {
    private static let words = ["Summer", "sümmer", "holiday", "Zürich", "in", "the", "SNOW", "2024", "x", "Ætna", "夏"]

    /// Items of everybody with many equal sort values, so that ids have to decide.
    private func fill(_ house: MediaHouse, count: Int, seed: UInt64) async throws -> [LibraryItem] {
        var random = SeededRandom(seed: seed)
        var made: [(NewMedia, Int64, Timestamp)] = []
        for number in 0..<count {
            let owner = house.cast.all[Int.random(in: 0..<6, using: &random)]
            let title = (0..<Int.random(in: 1...3, using: &random))
                .map { _ in Self.words[Int.random(in: 0..<Self.words.count, using: &random)] }
                .joined(separator: " ")
            let new = NewMedia(
                publicID: "item\(number)",
                tenant: .platform,
                owner: owner.id,
                kind: MediaKind.allCases[Int.random(in: 0..<4, using: &random)],
                title: title,
                visibility: Media.Visibility.allCases[Int.random(in: 0..<3, using: &random)],
                filename: "a.txt",
                contentType: "text/plain",
                size: Int64.random(in: 0...4, using: &random),
                sha256: String(repeating: "0", count: 64),
                storageKey: "document/1/\(number)"
            )
            let moment = TestEffects.start + .seconds(Int64.random(in: 0...9, using: &random))
            made.append((new, Int64.random(in: 0...4, using: &random), moment))
        }
        let items = made
        try await house.database.write { db in
            for (new, duration, moment) in items {
                let id = try new.insert(on: db, in: .system(), at: moment)
                try db.execute("UPDATE media SET duration = \(duration) WHERE id = \(id)")
            }
            // Some are in the trash.
            for row in try db.rows("SELECT id FROM media WHERE id % 10 = 0") {
                let id: ID<Media> = try row["id"]
                try db.execute(TrashQueries.setDeleted(id, at: TestEffects.start, now: TestEffects.start))
                try Library.unindex(id, on: db)
            }
        }
        return try await house.database.read { db in
            try db.all(
                "SELECT \(LibraryItem.columns) FROM media m WHERE m.deleted_at IS NULL",
                as: LibraryItem.init
            )
        }
    }

    private func sees(_ item: LibraryItem, _ shelf: LibraryRequest.Shelf, _ who: Cast.Member, _ cast: Cast) -> Bool {
        switch shelf {
        case .own: return item.owner == who.id
        case .everybody: return item.visibility == .public
        case .managed:
            let below: [String: [Cast.Member]] = [
                "root": cast.all, "rita": [cast.rita, cast.sam, cast.uma], "sam": [cast.sam, cast.uma],
                "uma": [cast.uma], "rolf": [cast.rolf, cast.otto], "otto": [cast.otto],
            ]
            return below[who.account.username, default: []].contains { $0.id == item.owner }
        }
    }

    private func isBefore(_ left: LibraryItem, _ right: LibraryItem, _ sort: LibraryRequest.Sort) -> Bool {
        switch sort {
        case .newest: (left.createdAt, left.id) > (right.createdAt, right.id)
        case .oldest: (left.createdAt, left.id) < (right.createdAt, right.id)
        case .title:
            left.titleKey == right.titleKey
                ? left.id < right.id : Array(left.titleKey.utf8).lexicographicallyPrecedes(Array(right.titleKey.utf8))
        case .size: (left.size, left.id) > (right.size, right.id)
        case .duration: (left.duration ?? .zero, left.id) > (right.duration ?? .zero, right.id)
        }
    }

    private func matches(_ item: LibraryItem, _ search: String) -> Bool {
        let (asked, held) = (SearchWords(search).words, SearchWords(item.title).words)
        return asked.enumerated().allSatisfy { index, word in
            index == asked.count - 1 ? held.contains { $0.hasPrefix(word) } : held.contains(word)
        }
    }

    private func everyPage(_ request: LibraryRequest, _ who: Scope, _ house: MediaHouse) async throws -> [LibraryItem] {
        var request = request
        var items: [LibraryItem] = []
        repeat {
            let page = try await house.library.page(request, in: who)
            items += page.items
            request.cursor = try page.next.map { try Cursor(text: $0.text) }
        } while request.cursor != nil
        return items
    }

    @Test("Every shelf, sort, filter and search agrees with a slow look at everything", arguments: Engine.available)
    func bruteForce(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let all = try await fill(house, count: 160, seed: 11)
            var random = SeededRandom(seed: 5)
            let searches = [
                nil, nil, "summer", "Zurich", "in the s", "su", "snow 2", "夏", "夏 x", "æ", "nowhere", "\"* OR x",
            ]
            for who in house.cast.all {
                for shelf in LibraryRequest.Shelf.allCases {
                    for sort in LibraryRequest.Sort.allCases {
                        let kind = MediaKind.allCases.randomElement(using: &random).flatMap {
                            Bool.random(using: &random) ? $0 : nil
                        }
                        let seen = Media.Visibility.allCases.randomElement(using: &random).flatMap {
                            Bool.random(using: &random) ? $0 : nil
                        }
                        let search = searches.randomElement(using: &random).flatMap { $0 }
                        let request = LibraryRequest(
                            shelf: shelf,
                            sort: sort,
                            kind: kind,
                            visibility: seen,
                            search: search,
                            limit: 7
                        )
                        let expected = all.filter { item in
                            sees(item, shelf, who, house.cast) && (kind == nil || item.kind == kind)
                                && (seen == nil || item.visibility == seen) && search.map { matches(item, $0) } ?? true
                        }
                        .sorted { isBefore($0, $1, sort) }
                        let listed = try await everyPage(request, who.scope, house)
                        #expect(
                            listed.map(\.publicID) == expected.map(\.publicID),
                            "\(who.account.username) \(request)"
                        )
                    }
                }
            }
        }
    }

    @Test("Visitors see what is public and have no shelves of their own", arguments: Engine.available)
    func visitors(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            _ = try await fill(house, count: 40, seed: 3)
            let visitor = Scope.visitor(tenant: .platform)
            let items = try await everyPage(LibraryRequest(shelf: .everybody, limit: 10), visitor, house)
            #expect(!items.isEmpty && items.allSatisfy { $0.visibility == .public })
            for shelf in [LibraryRequest.Shelf.own, .managed] {
                await #expect(throws: Failure.notSignedIn) {
                    try await house.library.page(LibraryRequest(shelf: shelf), in: visitor)
                }
            }
            #expect(LibraryRequest.firstShelf(for: visitor) == .everybody)
            #expect(LibraryRequest.firstShelf(for: house.cast.uma.scope) == .own)
            #expect(LibraryRequest.firstShelf(for: house.cast.rita.scope) == .managed)
        }
    }

    @Test("A cursor of another order is refused, not misread", arguments: Engine.available)
    func cursors(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let byTitle = Cursor(.text("a"), id: 1)
            let request = LibraryRequest(shelf: .own, sort: .newest, cursor: byTitle)
            await #expect(throws: Failure.badCursor) { try await house.library.page(request, in: house.cast.uma.scope) }
        }
    }

    @Test("Hostile searches find nothing and break nothing", arguments: Engine.available)
    func hostile(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            _ = try await house.upload(text(5), title: "AND or NOT NEAR", by: house.cast.uma)
            let searches = [
                "\"", "'", "* *", "a OR b", "NEAR(a b)", "words:a", "-a", "a:*", "\\", "';--", "_o1", "_t1", "\u{0}a",
                "!&|",
                String(repeating: "ab ", count: 400), String(repeating: "z", count: 9_000), "e\u{301}", "👩‍👩‍👧", "   ",
            ]
            for search in searches {
                let request = LibraryRequest(shelf: .managed, search: search)
                _ = try await house.library.page(request, in: house.cast.root.scope)
            }
            let keyword = LibraryRequest(shelf: .own, search: "or not ne")
            #expect(try await house.library.page(keyword, in: house.cast.uma.scope).items.count == 1)
        }
    }
}
