import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("People: the list")
struct PeopleListTests {
    private func names(_ house: PeopleHouse, _ request: PeopleRequest, _ who: Cast.Member) async throws -> [String] {
        try await house.people.page(request, in: who.scope).list.items.map(\.username)
    }

    @Test("Everybody who manages people sees theirs, and nobody else sees a list", arguments: Engine.available)
    func whose(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let cast = house.cast
            let request = PeopleRequest(sort: .username)
            #expect(try await names(house, request, cast.root) == ["otto", "rita", "rolf", "root", "sam", "uma"])
            #expect(try await names(house, request, cast.rita) == ["rita", "sam", "uma"])
            #expect(try await names(house, request, cast.sam) == ["sam", "uma"])
            for stranger in [cast.uma, cast.otto] {
                await #expect(throws: Failure.forbidden) { try await names(house, request, stranger) }
            }
            await #expect(throws: Failure.notSignedIn) {
                try await house.people.page(request, in: .visitor(tenant: .platform))
            }
        }
    }

    @Test("A search finds the beginning of a name or of an address, within what one sees", arguments: Engine.available)
    func search(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let cast = house.cast
            for (typed, found) in [
                ("r", ["rita", "rolf", "root"]), ("RO", ["rolf", "root"]), (" uma@exam ", ["uma"]), ("ma", []),
                ("%", []), ("_", []), ("'; --", []), ("o\u{0}tto", ["otto"]),
            ] {
                let request = PeopleRequest(search: typed, sort: .username)
                #expect(try await names(house, request, cast.root) == found, "\(typed)")
            }
            #expect(try await names(house, PeopleRequest(search: "r"), cast.rita) == ["rita"])
            #expect(try await names(house, PeopleRequest(search: "otto"), cast.rita).isEmpty)
        }
    }

    @Test("Type, state and whose customers they are narrow the list together", arguments: Engine.available)
    func filters(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let cast = house.cast
            try await house.people.perform(.suspend, on: cast.uma.account.publicID, in: cast.root.scope)
            try await house.database.write { db in
                try db.execute("UPDATE account SET email_verified_at = NULL WHERE id = \(cast.otto.id)")
            }
            func found(_ request: PeopleRequest, _ who: Cast.Member? = nil) async throws -> [String] {
                var request = request
                request.sort = .username
                return try await names(house, request, who ?? cast.root)
            }
            #expect(try await found(PeopleRequest(type: "basic")) == ["otto", "uma"])
            #expect(try await found(PeopleRequest(type: "none")).isEmpty)
            #expect(try await found(PeopleRequest(state: .suspended)) == ["uma"])
            #expect(try await found(PeopleRequest(type: "basic", state: .active)) == ["otto"])
            #expect(try await found(PeopleRequest(type: "reseller", state: .suspended)).isEmpty)
            #expect(try await found(PeopleRequest(state: .unverified)) == ["otto"])
            #expect(try await found(PeopleRequest(state: .closed)).isEmpty)
            #expect(try await found(PeopleRequest(parent: "Rita")) == ["sam", "uma"])
            #expect(try await found(PeopleRequest(search: "s", parent: "rita")) == ["sam"])
            #expect(try await found(PeopleRequest(parent: "nobody")).isEmpty)
            // What one may not see has no customers either.
            #expect(try await found(PeopleRequest(parent: "rolf"), cast.rita).isEmpty)
            #expect(try await found(PeopleRequest(parent: "sam"), cast.rita) == ["uma"])
        }
    }

    @Test("Pages follow each other without a gap in every order, and the count is told", arguments: Engine.available)
    func paging(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            for sort in PeopleRequest.Sort.allCases {
                for (search, parent) in [("", ""), ("r", ""), ("", "rita")] {
                    let who = house.cast.root.scope
                    let whole = try await house.people.page(
                        PeopleRequest(search: search, parent: parent, sort: sort),
                        in: who
                    )
                    var pieces: [Account] = []
                    var cursor: Cursor?
                    repeat {
                        let request = PeopleRequest(
                            search: search,
                            parent: parent,
                            sort: sort,
                            cursor: cursor,
                            limit: 2
                        )
                        let page = try await house.people.page(request, in: who)
                        #expect(page.count == whole.list.items.count)
                        pieces += page.list.items
                        cursor = try page.list.next.map { try Cursor(text: $0.text) }
                    } while cursor != nil
                    #expect(pieces == whole.list.items)
                }
            }
            let byName = PeopleRequest(sort: .newest, cursor: Cursor(.text("a"), id: 1))
            await #expect(throws: Failure.badCursor) {
                try await house.people.page(byName, in: house.cast.root.scope)
            }
        }
    }

    @Test("Whose customers they are is named as far as one sees it", arguments: Engine.available)
    func parents(engine: Engine) async throws {
        try await PeopleHouse.with(engine) { house async throws in
            let all = try await house.people.page(PeopleRequest(), in: house.cast.root.scope)
            #expect(Set(all.parents.values) == ["rita", "sam", "rolf"])
            let own = try await house.people.page(PeopleRequest(), in: house.cast.sam.scope)
            #expect(Set(own.parents.values) == ["sam"])
        }
    }
}
