import Foundation
import Glibc
import Testing

@testable import Integrations

@Suite("Hostile and broken films")
struct HostileVideoTests {
    @Test("Playlists and scripts disguised as films open nothing and connect nowhere")
    func disguises() async throws {
        let canary = try Canary()
        let secret = "secret-\(UUID().uuidString)"
        for sandbox in await Sandbox.available() {
            try await withTemporaryDirectory { directory in
                let ffmpeg = FFmpeg(sandbox: sandbox)
                let bait = "\(directory)/bait.ts"
                try Data(secret.utf8).write(to: URL(fileURLWithPath: bait))
                for (index, text) in Self.disguises(port: canary.port, file: bait).enumerated() {
                    let path = "\(directory)/holiday-\(index).mp4"
                    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                    await #expect(throws: DecoderFailure.self) { try await ffmpeg.probe(path) }
                    // Should the first look ever fail to see it, ffmpeg itself still has no way there.
                    for container in [Container.mp4, .matroska, .mpegTS, .mp3] {
                        let probe = MediaProbe.sample(container, [.sample(.video, "h264", pixels: "yuv420p")])
                        await #expect(throws: DecoderFailure.self) {
                            try await ffmpeg.convert(path, probe, by: .encodingEverything(in: probe), in: directory)
                        }
                        await #expect(throws: DecoderFailure.self) {
                            try await ffmpeg.poster(of: path, probe, in: directory)
                        }
                    }
                }
                for name in try FileManager.default.contentsOfDirectory(atPath: directory) where name.hasPrefix("web") {
                    #expect(!String(decoding: try contents("\(directory)/\(name)"), as: UTF8.self).contains(secret))
                }
            }
        }
        #expect(!canary.hadVisitors)
    }

    private static func disguises(port: Int, file: String) -> [String] {
        let playlist = """
            #EXTM3U
            #EXT-X-VERSION:3
            #EXT-X-TARGETDURATION:10
            #EXTINF:10.0,
            http://127.0.0.1:\(port)/canary
            #EXTINF:10.0,
            file:///etc/passwd
            #EXTINF:10.0,
            \(file)
            #EXT-X-ENDLIST

            """
        return [
            playlist,
            "ffconcat version 1.0\nfile 'file:///etc/passwd'\nfile 'http://127.0.0.1:\(port)/canary'\nfile '\(file)'\n",
            "\0\0\0\u{14}ftypisom\0\0\0\0isom" + playlist,
            "<?xml version=\"1.0\"?><MPD><BaseURL>http://127.0.0.1:\(port)/canary</BaseURL></MPD>",
            "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 127.0.0.1\r\nm=video \(port) RTP/AVP 96\r\n",
            "[playlist]\nFile1=http://127.0.0.1:\(port)/canary\n",
        ]
    }

    @Test("Nothing at all, garbage and a film cut short are refused with a reason that names no paths")
    func broken() async throws {
        let ffmpeg = FFmpeg(sandbox: await Sandbox.detect())
        let film = try contents(await Samples.shared.path(.mp4))
        var random = SeededRandom(seed: 3)
        let garbage = (0..<50_000).map { _ in random.next() as UInt8 }
        try await withTemporaryDirectory { directory in
            let files: [[UInt8]] = [
                [], [0], garbage, Array(film.prefix(40)), Array(film.prefix(film.count / 2)),
                Array(film.prefix(64)) + garbage, [0x1A, 0x45, 0xDF, 0xA3] + garbage, Array("ID3".utf8) + garbage,
                Array("RIFF0000AVI ".utf8) + garbage, Array("OggS".utf8) + garbage,
            ]
            for (index, bytes) in files.enumerated() {
                let path = "\(directory)/file-\(index)"
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                let failure = await #expect(throws: DecoderFailure.self, "file \(index)") {
                    try await ffmpeg.probe(path)
                }
                #expect(failure?.message.contains(directory) == false && failure?.message.contains("/in") == false)
                #expect(failure?.isFinal == true)
            }
        }
    }

    @Test("A Matroska film cut short still becomes what is left of it, with a poster")
    func truncated() async throws {
        try await withTemporaryDirectory { directory in
            let ffmpeg = FFmpeg(sandbox: await Sandbox.detect())
            let film = try contents(await Samples.shared.path(.matroska))
            let path = "\(directory)/short"
            try Data(film.prefix(film.count / 2)).write(to: URL(fileURLWithPath: path))
            let probe = try await ffmpeg.probe(path)
            _ = try await ffmpeg.poster(of: path, probe, in: directory)
            let result = try await ffmpeg.convert(path, probe, by: .encodingEverything(in: probe), in: directory)
            #expect(try await ffmpeg.probe(result).video != nil)
        }
    }

    @Test("Bytes turned over at random end in a result or a failure, never in anything else")
    func fuzz() async throws {
        let ffmpeg = FFmpeg(sandbox: await Sandbox.detect())
        let film = try contents(await Samples.shared.path(.mp4))
        var random = SeededRandom(seed: 17)
        try await withTemporaryDirectory { directory in
            for round in 0..<6 {
                var bytes = film
                for _ in 0..<40 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = random.next() }
                let path = "\(directory)/\(round)"
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                do {
                    let probe = try await ffmpeg.probe(path)
                    _ = try await ffmpeg.poster(of: path, probe, in: directory)
                } catch is DecoderFailure {}
            }
        }
    }

    @Test("Killing ffmpeg in the middle is a failure of its own kind, worth another try")
    func killed() async throws {
        let ffmpeg = FFmpeg(sandbox: await Sandbox.detect())
        let path = try await Samples.shared.path(.long)
        let probe = try await ffmpeg.probe(path)
        try await withTemporaryDirectory { directory in
            let failure = await #expect(throws: DecoderFailure.self) {
                try await ffmpeg.convert(path, probe, by: .encodingEverything(in: probe), in: directory) { progress in
                    #expect(progress.seconds >= 0)
                    let outer = Processes.running(directory)
                    let inner = outer + outer.flatMap(Processes.below)
                    for id in inner where Processes.words(of: id).contains("ffmpeg -nostdin") { kill(id, SIGKILL) }
                }
            }
            #expect(failure == .killed(.ffmpeg, signal: SIGKILL))
            #expect(failure?.isFinal == false)
        }
    }

    @Test("A report that throws ends the encoding with that error")
    func cancelledByReport() async throws {
        struct Cancelled: Error {}
        let ffmpeg = FFmpeg(sandbox: await Sandbox.detect())
        let path = try await Samples.shared.path(.long)
        let probe = try await ffmpeg.probe(path)
        try await withTemporaryDirectory { directory in
            await #expect(throws: Cancelled.self) {
                try await ffmpeg.convert(path, probe, by: .encodingEverything(in: probe), in: directory) { _ in
                    throw Cancelled()
                }
            }
            #expect(await Processes.areGone(directory))
        }
    }

    @Test("Without ffmpeg the failure says what to install")
    func missing() async throws {
        let ffmpeg = FFmpeg(sandbox: Sandbox(status: .isolated, tools: Toolbox(folders: ["/nowhere"])))
        let path = try await Samples.shared.path(.mp4)
        let failure = await #expect(throws: DecoderFailure.missingTool(.ffprobe)) { try await ffmpeg.probe(path) }
        #expect(failure?.message == "ffprobe is not installed (Debian package ffmpeg).")
    }
}
