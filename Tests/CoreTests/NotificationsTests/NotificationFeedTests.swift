import Persistence
import Synchronization
import TestSupport
import Testing

@testable import Core

@Suite("The feed of notifications")
struct NotificationFeedTests {
    /// Asks until it hears what it waits for; fails after two seconds.
    private static func wait(
        for expected: Int?,
        at seat: NotificationFeed.Seat,
        of feed: NotificationFeed
    ) async throws -> Duration {
        let (clock, start) = (ContinuousClock(), ContinuousClock.now)
        while await feed.unread(for: seat) != expected {
            try #require(clock.now - start < .seconds(2), "never heard \(expected.map(String.init) ?? "the end")")
            try await Task.sleep(for: .milliseconds(10))
        }
        return clock.now - start
    }

    @Test(
        "Who listens hears of what happens, and of the end of the session, within a second",
        arguments: Engine.available
    )
    func news(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (uma, world) = (house.cast.uma, house.world)
            let feed = NotificationFeed(of: house.database, sessions: house.sessions)
            let started = try await house.sessions.start(for: uma.id, in: uma.scope)
            let seat = try feed.seat(for: started.session)
            #expect(await feed.unread(for: seat) == 0)

            let now = world.now
            try await house.database.write { db in try Notify.tell(uma.id, .passkeyAdded, at: now, on: db) }
            #expect(try await Self.wait(for: 1, at: seat, of: feed) < .seconds(1))
            let session = try #require(try await house.sessions.resume(started.token))
            #expect(session.unread == 1)

            try await house.sessions.end(started.token, in: uma.scope)
            #expect(try await Self.wait(for: nil, at: seat, of: feed) < .seconds(1))
        }
    }

    @Test("A session that times out, or whose account is suspended, is heard no more", arguments: Engine.available)
    func over(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let (uma, otto) = (house.cast.uma, house.cast.otto)
            let feed = NotificationFeed(of: house.database, sessions: house.sessions)
            let first = try feed.seat(for: try await house.sessions.start(for: uma.id, in: uma.scope).session)
            let second = try feed.seat(for: try await house.sessions.start(for: otto.id, in: otto.scope).session)
            try await house.accounts.setStatus(.suspended, of: uma.id, in: house.cast.root.scope)
            _ = try await Self.wait(for: nil, at: first, of: feed)
            #expect(await feed.unread(for: second) == 0)
            house.world.advance(by: .days(31))
            _ = try await Self.wait(for: nil, at: second, of: feed)
        }
    }

    @Test("Two hundred who listen ask the database no more often than one", arguments: Engine.available)
    func questions(engine: Engine) async throws {
        try await withMailHouse(engine) { house in
            let uma = house.cast.uma
            let asked = Mutex(0)
            let sessions = house.sessions
            let feed = NotificationFeed(writes: { house.database.writes.now }, mostPerAccount: 200) { named in
                asked.withLock { $0 += 1 }
                return try await sessions.unread(in: named)
            }
            var seats: [NotificationFeed.Seat] = []
            for _ in 0..<200 {
                seats.append(try feed.seat(for: try await sessions.start(for: uma.id, in: uma.scope).session))
            }
            let (clock, start) = (ContinuousClock(), ContinuousClock.now)
            while clock.now - start < .seconds(1.2) {
                for seat in seats { #expect(await feed.unread(for: seat) == 0) }
                try await Task.sleep(for: .milliseconds(5))
            }
            let seconds = Double((clock.now - start).inMilliseconds) / 1000
            #expect(asked.withLock { $0 } <= Int(seconds * 2) + 1, "one look each half second, and one for the writes")
        }
    }

    @Test("The oldest page of somebody who opens too many ends; a full house takes nobody, until somebody leaves")
    func bounds() async throws {
        let feed = NotificationFeed(writes: { 0 }, mostSeats: 3, mostPerAccount: 2) { named in
            Dictionary(uniqueKeysWithValues: named.map { ($0, 7) })
        }
        let first = try feed.seat(ID(1), of: ID(1), unread: 7)
        let second = try feed.seat(ID(1), of: ID(1), unread: 7)
        var third: NotificationFeed.Seat? = try feed.seat(ID(2), of: ID(1), unread: 7)
        #expect(await feed.unread(for: first) == nil)
        #expect(await feed.unread(for: second) == 7)
        #expect(throws: Failure.tooManyListeners) { _ = try feed.seat(ID(3), of: ID(2), unread: 0) }
        #expect(third != nil)
        third = nil
        let other = try feed.seat(ID(3), of: ID(2), unread: 0)
        #expect(await feed.unread(for: other) != nil)
        feed.close()
        #expect(await feed.unread(for: second) == nil)
    }

    @Test("While the database is away nobody is sent off, and the number stays")
    func away() async throws {
        let feed = NotificationFeed(writes: { 0 }, look: { _ in throw Crash() })
        let seat = try feed.seat(ID(1), of: ID(1), unread: 3)
        try await Task.sleep(for: .milliseconds(600))
        #expect(await feed.unread(for: seat) == 3)
        #expect(await feed.unread(for: seat) == 3)
    }
}
