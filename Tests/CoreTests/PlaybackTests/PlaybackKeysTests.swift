import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Keys for other players")
struct PlaybackKeysTests {
    private struct Stage {
        let keys: PlaybackKeys
        let sessions: Sessions
        let scope: Scope
        let id: ID<Session>
    }

    private func stage(_ house: MediaHouse, secret: String = "one") async throws -> Stage {
        let sessions = Sessions(database: house.database, effects: house.clock.effects)
        let session = try await sessions.start(for: house.cast.uma.id, in: house.cast.uma.scope).session
        return Stage(
            keys: PlaybackKeys(secretKey: Array(secret.utf8), sessions: sessions, effects: house.clock.effects),
            sessions: sessions,
            scope: session.scope(origin: nil),
            id: session.id
        )
    }

    @Test("A key opens its item for whoever made it, and counts by itself", arguments: Engine.available)
    func opens(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let stage = try await stage(house)
            let item = try await house.upload(text(100), by: house.cast.uma)
            let streams = Streams(database: house.database, effects: house.clock.effects)
            var opened: [Scope] = []
            for _ in 1...3 {
                let key = try stage.keys.make(for: item, in: stage.scope).key
                let one = try await stage.keys.open(key, origin: nil)
                #expect(one.publicID == item && one.scope.account == house.cast.uma.id)
                opened.append(one.scope)
            }
            let answers = try await [
                streams.begin(item, in: opened[0]), streams.begin(item, in: opened[1]),
                streams.begin(item, in: opened[2]),
            ]
            #expect(answers.map { $0 == .playing } == [true, true, false])
        }
    }

    @Test(
        "A key is dead when it is over, changed, another installation's, or its session has ended",
        arguments: Engine.available
    )
    func dies(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let (stage, other) = (try await stage(house), try await stage(house, secret: "two"))
            let item = try await house.upload(text(100), by: house.cast.uma)
            let key = try stage.keys.make(for: item, in: stage.scope).key
            #expect(try await stage.keys.open(key, origin: nil).publicID == item)
            await #expect(throws: Failure.notFound) { try await other.keys.open(key, origin: nil) }
            for index in key.indices where key[index] != "." {
                var changed = key
                changed.replaceSubrange(index...index, with: key[index] == "A" ? "B" : "A")
                // The last letter of base64url holds bits that mean nothing.
                guard
                    Base64URL.decode(String(changed.split(separator: ".")[1]))
                        != Base64URL.decode(String(key.split(separator: ".")[1]))
                        || changed.split(separator: ".")[0] != key.split(separator: ".")[0]
                else { continue }
                await #expect(throws: Failure.notFound) { try await stage.keys.open(changed, origin: nil) }
            }
            for text in ["", ".", "a.b", "a", String(repeating: "a", count: 500), key + ".a"] {
                await #expect(throws: Failure.notFound) { try await stage.keys.open(text, origin: nil) }
            }
            house.clock.advance(by: PlaybackKeys.lifetime - .seconds(1))
            #expect(try await stage.keys.open(key, origin: nil).publicID == item)
            house.clock.advance(by: .seconds(1))
            await #expect(throws: Failure.notFound) { try await stage.keys.open(key, origin: nil) }

            let fresh = try stage.keys.make(for: item, in: stage.scope).key
            #expect(try await stage.keys.open(fresh, origin: nil).publicID == item)
            try await house.database.write { db in try db.execute("DELETE FROM session WHERE id = \(stage.id)") }
            await #expect(throws: Failure.notFound) { try await stage.keys.open(fresh, origin: nil) }
        }
    }

    @Test("A key of a suspended account opens nothing; programs and keys make none", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let stage = try await stage(house)
            let key = try stage.keys.make(for: "item", in: stage.scope).key
            let opened = try await stage.keys.open(key, origin: nil).scope
            #expect(throws: Failure.forbidden) { try stage.keys.make(for: "item", in: opened) }
            #expect(throws: Failure.forbidden) { try stage.keys.make(for: "item", in: house.cast.uma.scope) }
            try await house.database.write { db in try db.execute("UPDATE account SET status = 'suspended'") }
            await #expect(throws: Failure.notFound) { try await stage.keys.open(key, origin: nil) }
        }
    }
}
