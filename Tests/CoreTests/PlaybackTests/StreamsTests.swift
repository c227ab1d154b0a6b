import Persistence
import TestSupport
import Testing

@testable import Core

/// Uma is `basic`: two streams at once.
@Suite("Simultaneous streams")
struct StreamsTests {
    private func streams(_ house: MediaHouse) -> Streams {
        Streams(database: house.database, effects: house.clock.effects)
    }

    /// What a browser may that just signed in.
    private func browser(_ member: Cast.Member, _ house: MediaHouse) async throws -> Scope {
        let sessions = Sessions(database: house.database, effects: house.clock.effects)
        return try await sessions.start(for: member.id, in: member.scope).session.scope(origin: nil)
    }

    private func items(_ count: Int, _ house: MediaHouse) async throws -> [String] {
        var items: [String] = []
        for number in 0..<count {
            items.append(try await house.upload(text(100), as: "\(number).txt", by: house.cast.uma))
        }
        return items
    }

    @Test("Of fifty claims at the same time as many are granted as the account may have", arguments: Engine.available)
    func exact(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let streams = streams(house)
            let items = try await items(5, house)
            var browsers: [Scope] = []
            for _ in 0..<10 { browsers.append(try await browser(house.cast.uma, house)) }
            let answers = try await withThrowingTaskGroup(of: StreamAnswer.self) { group in
                for browser in browsers {
                    for item in items { group.addTask { try await streams.begin(item, in: browser) } }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 50)
            #expect(answers.count { $0 == .playing } == 2)
            #expect(try await streams.list(in: house.cast.uma.scope).count == 2)
            #expect(try await house.count("SELECT COUNT(*) FROM stream") == 2)
        }
    }

    @Test(
        "The same item in the same browser counts once; half a minute of silence or an end frees it",
        arguments: Engine.available
    )
    func ends(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (streams, items) = (streams(house), try await items(4, house))
            let uma = try await browser(house.cast.uma, house)
            for _ in 1...3 { #expect(try await streams.begin(items[0], in: uma) == .playing) }
            #expect(try await streams.begin(items[1], in: uma) == .playing)
            #expect(try await streams.begin(items[2], in: uma) != .playing)

            try await streams.end(items[0], in: uma)
            #expect(try await streams.begin(items[2], in: uma) == .playing)

            house.clock.advance(by: .seconds(20))
            #expect(try await streams.keep(items[2], in: uma) == .playing)
            house.clock.advance(by: .seconds(10))
            // The second was last heard of thirty seconds ago.
            #expect(try await streams.begin(items[3], in: uma) == .playing)
            #expect(try await streams.keep(items[1], in: uma) != .playing)
            #expect(try await streams.list(in: uma).count == 2)
        }
    }

    @Test(
        "Over the limit one hears what plays where, and may end it; who is sent away hears of it, and may come back",
        arguments: Engine.available
    )
    func takeOver(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (streams, items) = (streams(house), try await items(3, house))
            let (sofa, train) = (try await browser(house.cast.uma, house), try await browser(house.cast.uma, house))
            _ = try await streams.begin(items[0], in: sofa)
            house.clock.advance(by: .seconds(5))
            _ = try await streams.begin(items[1], in: sofa)
            guard case .full(let limit, let others) = try await streams.begin(items[2], in: train) else {
                Issue.record("a third stream was granted")
                return
            }
            #expect(limit == 2 && others.map(\.title) == ["1", "0"])
            let first = try #require(others.last)
            #expect(first.startedAt == house.clock.now - .seconds(5))

            await #expect(throws: Failure.notFound) {
                try await streams.takeOver(first.publicID, in: house.cast.otto.scope)
            }
            try await streams.takeOver(first.publicID, in: train)
            #expect(try await streams.begin(items[2], in: train) == .playing)
            #expect(try await streams.keep(items[0], in: sofa) == .takenOver)
            await #expect(throws: Failure.streamTakenOver) { try await streams.admit(items[0], in: sofa) }
            #expect(try await streams.keep(items[1], in: sofa) == .playing)

            try await streams.end(items[2], in: train)
            #expect(try await streams.keep(items[0], in: sofa) == .takenOver, "nobody else's end brings it back")
            #expect(try await streams.begin(items[0], in: sofa) == .playing)
        }
    }

    @Test("Bytes claim and keep a stream too, with one write in ten seconds", arguments: Engine.available)
    func bytes(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (streams, items) = (streams(house), try await items(3, house))
            let uma = try await browser(house.cast.uma, house)
            for item in items.prefix(2) { try await streams.admit(item, in: uma) }
            await #expect(throws: Failure.tooManyStreams) { try await streams.admit(items[2], in: uma) }
            let before = house.database.writes.now
            for _ in 0..<9 {
                house.clock.advance(by: .seconds(1))
                for item in items.prefix(2) { try await streams.admit(item, in: uma) }
            }
            #expect(house.database.writes.now == before)
            house.clock.advance(by: .seconds(1))
            for _ in 0..<5 { try await streams.admit(items[0], in: uma) }
            #expect(house.database.writes.now == before + 1)

            try await streams.end(items[0], in: uma)
            await #expect(throws: Failure.streamEnded, "what was still on its way begins nothing") {
                try await streams.admit(items[0], in: uma)
            }
            try await streams.admit(items[2], in: uma)
            try await streams.end(items[2], in: uma)
            house.clock.advance(by: .seconds(3))
            try await streams.admit(items[0], in: uma)
        }
    }

    @Test("A stream ends with its session; what one may not see is not played", arguments: Engine.available)
    func session(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (streams, items) = (streams(house), try await items(3, house))
            let (old, new) = (try await browser(house.cast.uma, house), try await browser(house.cast.uma, house))
            for item in items.prefix(2) { _ = try await streams.begin(item, in: old) }
            #expect(try await streams.begin(items[2], in: new) != .playing)
            try await house.database.write { db in
                guard case .session(let id) = old.credential else { return }
                try db.execute("DELETE FROM session WHERE id = \(id)")
            }
            #expect(try await streams.begin(items[2], in: new) == .playing)
            let otto = try await browser(house.cast.otto, house)
            await #expect(throws: Failure.notFound) { try await streams.begin(items[0], in: otto) }
        }
    }

    @Test("Who has no limit claims nothing, and neither do visitors", arguments: Engine.available)
    func unlimited(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (streams, items) = (streams(house), try await items(3, house))
            let root = try await browser(house.cast.root, house)
            for item in items {
                #expect(try await streams.begin(item, in: root) == .playing)
                try await streams.admit(item, in: .visitor(tenant: .platform))
                await #expect(throws: Failure.notFound) {
                    try await streams.begin(item, in: .visitor(tenant: .platform))
                }
            }
            #expect(try await house.count("SELECT COUNT(*) FROM stream") == 0)
        }
    }

    @Test("A day later a stream is forgotten", arguments: Engine.available)
    func sweep(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (streams, items) = (streams(house), try await items(1, house))
            _ = try await streams.begin(items[0], in: browser(house.cast.uma, house))
            house.clock.advance(by: .hours(25))
            try await house.runNow(StreamSweep(effects: house.clock.effects))
            #expect(try await house.count("SELECT COUNT(*) FROM stream") == 0)
        }
    }
}
