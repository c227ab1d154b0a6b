import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("The trash")
struct TrashTests {
    @Test("A deleted item is out of everything at once, and comes back as it was", arguments: Engine.available)
    func roundTrip(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let id = try await house.upload(text(10), title: "Snow", visibility: .public, by: uma)
            try await house.trash.put(id, in: uma.scope)
            await #expect(throws: Failure.notFound) { try await house.items.find(id, in: uma.scope) }
            await #expect(throws: Failure.notFound) { try await house.items.open(.original, of: id, in: uma.scope) }
            await #expect(throws: Failure.notFound) { try await house.trash.put(id, in: uma.scope) }
            for request in [LibraryRequest(shelf: .own), LibraryRequest(shelf: .own, search: "snow")] {
                #expect(try await house.library.page(request, in: uma.scope).items.isEmpty)
            }
            #expect(try await house.items.statuses([id], in: uma.scope).isEmpty)
            #expect(try await house.trash.page(in: uma.scope).items.map(\.publicID) == [id])
            #expect(try await house.storageUsed(by: uma) == 10, "it still takes room")

            try await house.trash.restore(id, in: uma.scope)
            #expect(try await house.items.find(id, in: uma.scope).media.visibility == .public)
            let found = try await house.library.page(LibraryRequest(shelf: .own, search: "snow"), in: uma.scope)
            #expect(found.items.map(\.publicID) == [id])
            await #expect(throws: Failure.notFound) { try await house.trash.restore(id, in: uma.scope) }
        }
    }

    @Test("The trash of others does not exist, unless one manages them", arguments: Engine.available)
    func scopes(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let cast = house.cast
            let id = try await house.upload(text(10), visibility: .public, by: cast.uma)
            try await house.trash.put(id, in: cast.uma.scope)
            for stranger in [cast.rolf, cast.otto] {
                #expect(try await house.trash.page(in: stranger.scope).items.isEmpty)
                await #expect(throws: Failure.notFound) { try await house.trash.restore(id, in: stranger.scope) }
                await #expect(throws: Failure.notFound) { try await house.trash.remove(id, in: stranger.scope) }
            }
            let visitor = Scope.visitor(tenant: .platform)
            await #expect(throws: Failure.notSignedIn) { try await house.trash.page(in: visitor) }
            await #expect(throws: Failure.notFound) { try await house.trash.restore(id, in: visitor) }
            for manager in [cast.root, cast.rita, cast.sam] {
                #expect(try await house.trash.page(in: manager.scope).items.count == 1)
            }
        }
    }

    @Test("After thirty days nothing is left: no row, no file, no counted byte", arguments: Engine.available)
    func purge(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let old = try await house.upload(text(10), by: uma)
            let young = try await house.upload(text(20), by: uma)
            try await house.trash.put(old, in: uma.scope)
            house.clock.advance(by: .days(29))
            try await house.trash.put(young, in: uma.scope)
            let purge = TrashPurge(database: house.database, effects: house.clock.effects)
            try await house.runNow(purge)
            #expect(try await house.count("SELECT COUNT(*) FROM media") == 2)
            house.clock.advance(by: .days(1) + .seconds(1))
            try await house.runNow(purge)
            #expect(try await house.count("SELECT COUNT(*) FROM media") == 1)
            #expect(try await house.count("SELECT COUNT(*) FROM media_file") == 1)
            #expect(try await house.storageUsed(by: uma) == 20)
            #expect(house.files.count == 2, "files go after their rows")
            let removal = StorageGarbageRemoval(
                database: house.database,
                storage: house.storage,
                effects: house.clock.effects
            )
            try await house.runNow(removal)
            #expect(house.files.count == 1)
            #expect(try await house.count("SELECT COUNT(*) FROM storage_garbage") == 0)
            #expect(try await house.count("SELECT COUNT(*) FROM audit_entry WHERE action = 'media.removed'") == 1)
        }
    }

    @Test("An owner may empty their trash before its time", arguments: Engine.available)
    func remove(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let uma = house.cast.uma
            let id = try await house.upload(text(10), by: uma)
            await #expect(throws: Failure.notFound) { try await house.trash.remove(id, in: uma.scope) }
            try await house.trash.put(id, in: uma.scope)
            try await house.trash.remove(id, in: uma.scope)
            #expect(try await house.trash.page(in: uma.scope).items.isEmpty)
            #expect(try await house.storageUsed(by: uma) == 0)
        }
    }
}
