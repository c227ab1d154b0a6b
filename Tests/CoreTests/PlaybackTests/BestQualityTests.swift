import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Best quality")
struct BestQualityTests {
    private func made(_ codec: [String], _ size: String, _ name: String) throws -> [UInt8] {
        try Sample.made(["-f", "lavfi", "-i", "testsrc2=s=\(size):r=5:d=2"] + codec, name)
    }

    private func limited(_ member: Cast.Member, to lines: Int?) -> Scope {
        var scope = member.scope
        scope.limits = UserType.Limits(bestHeight: lines)
        return scope
    }

    private func uploaded(_ bytes: [UInt8], _ name: String, _ house: MediaHouse) async throws -> String {
        let id = try await house.upload(bytes, as: name, by: house.cast.uma)
        let processing = MediaProcessing(
            database: house.database,
            storage: house.storage,
            decoders: Decoders(sandbox: await Sandbox.detect()),
            effects: house.clock.effects,
            logger: house.logger
        )
        try await house.run(processing)
        return id
    }

    @Test("What is finer than allowed is in no list, and its pieces are not there", arguments: Engine.available)
    func rungs(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let old = try made(["-c:v", "mpeg4", "-q:v", "12"], "960x540", "a.avi")
            let id = try await uploaded(old, "a.avi", house)
            #expect(try await house.run(house.encoding()) == 1)
            let all = try await house.films.rungs(of: id, in: limited(house.cast.uma, to: nil))
            #expect(all.map(\.height) == [540, 360])

            let uma = limited(house.cast.uma, to: 480)
            #expect(try await house.films.rungs(of: id, in: uma).map(\.height) == [360])
            await #expect(throws: Failure.notFound) {
                try await house.films.segment(0, of: all[0].tag, in: id, for: uma)
            }
            await #expect(throws: Failure.notFound) { try await house.films.rung(all[0].tag, of: id, in: uma) }
            #expect(try await house.films.segment(0, of: all[1].tag, in: id, for: uma).contentType == "video/mp4")
            await #expect(throws: Failure.mediaNotReady, "the single file has 540 lines") {
                try await house.items.open(.playback, of: id, in: uma)
            }
            let nothing = limited(house.cast.uma, to: 240)
            await #expect(throws: Failure.notFound) { try await house.films.rungs(of: id, in: nothing) }
            await #expect(throws: Failure.tooFine) { try await house.items.open(.playback, of: id, in: nothing) }
            #expect(try await house.items.find(id, in: nothing).isTooFine)
        }
    }

    /// Uma is `basic`: 720 lines.
    @Test(
        "A film that its owner may not play as it is gets a smaller version; others play it as it is",
        arguments: Engine.available
    )
    func smaller(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let codec = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
            let id = try await uploaded(made(codec, "1440x1080", "a.mp4"), "a.mp4", house)
            let uma = limited(house.cast.uma, to: 720)
            #expect(try await house.items.find(id, in: uma).isTooFine)
            #expect(try await house.run(house.encoding()) == 1)

            let details = try await house.items.find(id, in: uma)
            #expect(!details.isTooFine && !details.prefersFile)
            #expect(try await house.films.rungs(of: id, in: uma).map(\.height) == [720, 360])
            #expect(try await house.items.open(.playback, of: id, in: uma).contentType == "video/mp4")
            #expect(details.rendition(.playback)?.height == 720)

            let free = try await house.items.find(id, in: limited(house.cast.uma, to: nil))
            #expect(
                free.prefersFile
                    && free.source(of: .playback).map { if case .file = $0 { true } else { false } } == true
            )
        }
    }

    @Test("The original is for those whom it fits, and for those whose it is", arguments: Engine.available)
    func original(engine: Engine) async throws {
        try await MediaHouse.with(engine) { house in
            let codec = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
            let id = try await uploaded(made(codec, "640x480", "a.mp4"), "a.mp4", house)
            _ = try await house.database.write { db in try db.execute("UPDATE media SET visibility = 'public'") }
            for (lines, fits) in [(480, true), (479, false)] {
                let otto = limited(house.cast.otto, to: lines)
                for asset in [MediaAsset.playback, .original] {
                    if fits {
                        #expect(try await house.items.open(asset, of: id, in: otto).contentType == "video/mp4")
                    } else {
                        await #expect(throws: Failure.tooFine) { try await house.items.open(asset, of: id, in: otto) }
                    }
                }
                #expect(try await house.items.find(id, in: otto).assets.contains(.original) == fits)
            }
            let uma = limited(house.cast.uma, to: 240)
            #expect(try await house.items.open(.original, of: id, in: uma).isAttachment)
        }
    }
}
