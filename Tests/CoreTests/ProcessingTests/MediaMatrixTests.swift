import Foundation
import Integrations
import Persistence
import TestSupport
import Testing

@testable import Core

@Suite("Every sort of file, from the upload to what a browser gets")
struct MediaMatrixTests {
    @Test("Films", arguments: Matrix.films)
    func films(_ file: MatrixFile) async throws { try await check(file) }

    @Test("Songs", arguments: Matrix.songs)
    func songs(_ file: MatrixFile) async throws { try await check(file) }

    @Test("What is broken or not what it says", arguments: Matrix.spoilt)
    func spoilt(_ file: MatrixFile) async throws { try await check(file) }

    private func check(_ file: MatrixFile) async throws {
        try await MediaHouse.with(.sqlite) { house in
            let bytes = try file.bytes()
            if case .refused = file.outcome {
                await #expect(throws: Failure.self) {
                    try await house.upload(bytes, as: file.name, by: house.cast.uma)
                }
                return
            }
            let id = try await house.upload(bytes, as: file.name, by: house.cast.uma)
            let sandbox = await Sandbox.detect()
            #expect(try await house.run(processing(house, sandbox)) == 1)
            try await house.run(house.encoding())
            let details = try await house.items.find(id, in: house.cast.uma.scope)
            if case .problem = file.outcome {
                #expect(details.media.status == .failed && details.assets == [.original])
                let problem = try #require(details.media.problem)
                #expect(!problem.isEmpty && !problem.contains("/"))
                return
            }
            #expect(details.media.status == .ready && details.media.problem == nil)
            try await checkPictures(file, details, house)
            try await checkPlayback(file, bytes, details, FFmpeg(sandbox: sandbox), house)
        }
    }

    private func checkPictures(_ file: MatrixFile, _ details: MediaDetails, _ house: MediaHouse) async throws {
        let thumbnail = try #require(details.rendition(.thumbnail))
        let bytes = try await house.bytes(.thumbnail, of: details.media.publicID, for: house.cast.uma)
        #expect(bytes.starts(with: [0xFF, 0xD8, 0xFF]))
        guard let size = file.size else { return }
        #expect(details.media.width == size.width && details.media.height == size.height)
        let shape = size.fitted(long: 300, short: 300)
        #expect(thumbnail.width == shape.width && thumbnail.height == shape.height)
    }

    private func checkPlayback(
        _ file: MatrixFile,
        _ original: [UInt8],
        _ details: MediaDetails,
        _ ffmpeg: FFmpeg,
        _ house: MediaHouse
    ) async throws {
        let served = try await house.items.open(.playback, of: details.media.publicID, in: house.cast.uma.scope)
        let bytes = try await house.bytes(.playback, of: details.media.publicID, for: house.cast.uma)
        let folder = URL(fileURLWithPath: house.folder)
        let path = folder.appendingPathComponent("playback").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let probe = try await ffmpeg.probe(path)
        #expect(WebPlayability(probe) == .asIs(mimeType: served.contentType))
        if let duration = file.duration {
            let known = Double(try #require(details.media.duration).inMilliseconds) / 1000
            #expect(abs(known - duration) < 0.2)
            #expect(abs((probe.duration ?? 0) - duration) < 0.2)
        }
        switch file.outcome {
        case .asIs:
            #expect(bytes == original)
        case .copied:
            let source = folder.appendingPathComponent("source")
            try Data(original).write(to: source)
            for stream in [probe.video.map { _ in "v" }, probe.audio.map { _ in "a" }].compactMap({ $0 }) {
                let shown = try Self.decoded(stream, of: path, in: folder)
                #expect(try Self.decoded(stream, of: source.path, in: folder) == shown, "stream \(stream)")
            }
        case .encoded:
            let video = probe.video
            #expect((video == nil) == (file.size == nil))
            #expect(video?.displaySize == file.size?.fitted(long: 1280, short: 720))
            #expect(video.map { $0.rotation == 0 && !$0.isInterlaced && $0.highDynamicRange == nil } ?? true)
        case .problem, .refused:
            Issue.record("is played")
        }
    }

    /// A hash of every picture or sound: encoding anew would change each of them.
    private static func decoded(_ stream: String, of path: String, in folder: URL) throws -> String {
        try MatrixFile.ffmpeg(["-i", path, "-map", "0:\(stream):0", "-f", "hash", "-"], in: folder)
    }

    private func processing(_ house: MediaHouse, _ sandbox: Sandbox) -> MediaProcessing {
        MediaProcessing(
            database: house.database,
            storage: house.storage,
            decoders: Decoders(sandbox: sandbox),
            effects: house.clock.effects,
            logger: house.logger
        )
    }
}
