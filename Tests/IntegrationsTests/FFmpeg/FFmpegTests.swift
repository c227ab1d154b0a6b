import Foundation
import Glibc
import Testing

@testable import Integrations

@Suite("ffmpeg")
struct FFmpegTests {
    @Test("A film's streams are told with codec, size, rate, channels and length")
    func probe() async throws {
        let probe = try await ffmpeg().probe(Samples.shared.path(.mp4))
        let video = try #require(probe.video)
        let audio = try #require(probe.audio)
        #expect(probe.container == .mp4)
        #expect(abs(try #require(probe.duration) - 4) < 0.2)
        #expect(try #require(probe.bitRate) > 0)
        #expect(video.codec == "h264" && video.pixelFormat == "yuv420p" && video.profile != nil)
        #expect(video.displaySize == PictureSize(width: 320, height: 240))
        #expect(video.frameRate == 25 && video.rotation == 0)
        #expect(audio.codec == "aac" && audio.sampleRate == 44100 && audio.channels == 1)
        #expect(WebPlayability(probe) == .asIs(mimeType: "video/mp4"))
    }

    @Test("Tags and the cover of a song are told")
    func song() async throws {
        let probe = try await ffmpeg().probe(Samples.shared.path(.mp3WithCover))
        #expect(probe.tags["title"] == "A Song" && probe.tags["artist"] == "Somebody")
        #expect(probe.video == nil && probe.cover?.isAttachedPicture == true)
        #expect(WebPlayability(probe) == .asIs(mimeType: "audio/mpeg"))
    }

    @Test("A turned film and one with oblong pixels know how they are meant to be seen")
    func displaySize() async throws {
        let turned = try #require(try await ffmpeg().probe(Samples.shared.path(.turned)).video)
        #expect(turned.rotation == 270)
        #expect(turned.displaySize == PictureSize(width: 240, height: 320))
        let wide = try #require(try await ffmpeg().probe(Samples.shared.path(.anamorphic)).video)
        #expect(wide.displaySize == PictureSize(width: 1024, height: 576))
    }

    @Test(
        "What has to be converted ends as a film that browsers play",
        arguments: [
            Samples.Video.quickTime, .matroska, .matroskaAC3, .vp8Matroska, .avi, .transportStream, .programStream,
            .flash, .windows, .tenBit, .anamorphic,
        ]
    )
    func convert(_ sample: Samples.Video) async throws {
        try await withTemporaryDirectory { directory in
            let ffmpeg = await ffmpeg()
            let path = try await Samples.shared.path(sample)
            let probe = try await ffmpeg.probe(path)
            guard case .convert(let conversion) = WebPlayability(probe) else {
                Issue.record("plays as it is")
                return
            }
            let result = try await ffmpeg.convert(path, probe, by: conversion, in: directory)
            let after = try await ffmpeg.probe(result)
            #expect(WebPlayability(after) == .asIs(mimeType: conversion.mimeType))
            #expect(abs((after.duration ?? 0) - (probe.duration ?? 0)) < 0.3)
            #expect((after.audio == nil) == (probe.audio == nil))
            if conversion.target == .mp4 { #expect(try beginsWithItsIndex(result)) }
        }
    }

    @Test("The index stands at the front, whether there was room for it or it had to be moved there")
    func index() async throws {
        let ffmpeg = await ffmpeg()
        let path = try await Samples.shared.path(.matroska)
        let probe = try await ffmpeg.probe(path)
        let conversion = Conversion(to: .mp4, video: .copy, audio: .copy)
        try await withTemporaryDirectory { directory in
            for index in [IndexPlacement.movedToFront, .reserved(bytes: 65_536)] {
                let result = try await ffmpeg.convert(path, probe, conversion, index: index, in: directory) { _ in }
                #expect(try beginsWithItsIndex(result))
                #expect(WebPlayability(try await ffmpeg.probe(result)) == .asIs(mimeType: "video/mp4"))
            }
            await #expect(throws: DecoderFailure.self) {
                try await ffmpeg.convert(path, probe, conversion, index: .reserved(bytes: 100), in: directory) { _ in }
            }
        }
        let large = MediaProbe.sample(.matroska, probe.streams, bitRate: 200_000_000)
        #expect(IndexPlacement.reserved(for: large, conversion) != .movedToFront)
        #expect(IndexPlacement.reserved(for: probe, conversion) == .movedToFront)
        #expect(IndexPlacement.reserved(for: large, .encodingEverything(in: large)) == .movedToFront)
    }

    @Test("Streams that cannot be copied after all are refused for good, so that they can be encoded")
    func unexpectedlyUnfit() async throws {
        try await withTemporaryDirectory { directory in
            let ffmpeg = await ffmpeg()
            let path = try await Samples.shared.path(.windows)
            let probe = try await ffmpeg.probe(path)
            let hopeful = Conversion(to: .webm, video: .copy, audio: .copy)
            let failure = await #expect(throws: DecoderFailure.self) {
                try await ffmpeg.convert(path, probe, by: hopeful, in: directory)
            }
            #expect(failure?.isFinal == true)
        }
    }

    @Test("An encoded film has a keyframe every two seconds, square pixels, and stereo")
    func encoding() async throws {
        try await withTemporaryDirectory { directory in
            let ffmpeg = await ffmpeg()
            let path = try await Samples.shared.path(.avi)
            let probe = try await ffmpeg.probe(path)
            let result = try await ffmpeg.convert(path, probe, by: .encodingEverything(in: probe), in: directory)
            let keyframes = try run(
                "ffprobe",
                ["-v", "error", "-skip_frame", "nokey", "-select_streams", "v", "-show_entries", "frame=pts_time"]
                    + ["-of", "csv=p=0", result]
            )
            #expect(
                keyframes.split(separator: "\n").compactMap { Double($0.filter { $0 != "," }) }.prefix(2) == [0, 2]
            )
            let after = try await ffmpeg.probe(result)
            #expect(after.audio?.channels == 2 && after.audio?.sampleRate == 48000 && after.video?.pixelAspect == 1)
        }
    }

    @Test("A tall film is made to fit, a turned one is turned for good, a small one stays small")
    func sizes() async throws {
        let expected: [(Samples.Video, PictureSize)] = [
            (.tall, PictureSize(width: 720, height: 1280)), (.turned, PictureSize(width: 240, height: 320)),
            (.avi, PictureSize(width: 320, height: 240)),
        ]
        for (sample, size) in expected {
            try await withTemporaryDirectory { directory in
                let ffmpeg = await ffmpeg()
                let path = try await Samples.shared.path(sample)
                let probe = try await ffmpeg.probe(path)
                let result = try await ffmpeg.convert(path, probe, by: .encodingEverything(in: probe), in: directory)
                let after = try #require(try await ffmpeg.probe(result).video)
                #expect(after.displaySize == size && after.rotation == 0)
            }
        }
    }

    @Test("Sound that browsers do not play becomes AAC", arguments: [Samples.Audio.alac, .aiff, .ac3, .wma])
    func audio(_ sample: Samples.Audio) async throws {
        try await withTemporaryDirectory { directory in
            let ffmpeg = await ffmpeg()
            let path = try await Samples.shared.path(sample)
            let probe = try await ffmpeg.probe(path)
            guard case .convert(let conversion) = WebPlayability(probe) else {
                Issue.record("plays as it is")
                return
            }
            let result = try await ffmpeg.convert(path, probe, by: conversion, in: directory)
            #expect(WebPlayability(try await ffmpeg.probe(result)) == .asIs(mimeType: "audio/mp4"))
        }
    }

    @Test(
        "Sound that browsers play stays as it is",
        arguments: [Samples.Audio.mp3, .m4a, .aac, .vorbis, .opus, .flac, .wav]
    )
    func playableAudio(_ sample: Samples.Audio) async throws {
        let probe = try await ffmpeg().probe(Samples.shared.path(sample))
        guard case .asIs = WebPlayability(probe) else {
            Issue.record("\(WebPlayability(probe))")
            return
        }
        #expect(abs(try #require(probe.duration) - 3) < 0.3)
    }

    @Test("A poster and a thumbnail show the film the right way up", arguments: [Samples.Video.mp4, .turned, .tall])
    func poster(_ sample: Samples.Video) async throws {
        try await withTemporaryDirectory { directory in
            let ffmpeg = await ffmpeg()
            let path = try await Samples.shared.path(sample)
            let probe = try await ffmpeg.probe(path)
            let pictures = try await ffmpeg.poster(of: path, probe, in: directory)
            let images = Images(sandbox: ffmpeg.sandbox)
            let shown = try #require(probe.video?.displaySize)
            let thumbnail = try await images.inspect(pictures.thumbnail)
            let poster = try await images.inspect(pictures.poster)
            #expect(thumbnail.size == shown.fitted(long: 300, short: 300))
            #expect(poster.size == shown.fitted(long: 1280, short: 1280))
            #expect(thumbnail.loader == "jpegload" && poster.loader == "jpegload")
        }
    }

    @Test("Songs have their cover or their waveform as a picture")
    func audioPictures() async throws {
        try await withTemporaryDirectory { directory in
            let ffmpeg = await ffmpeg()
            let images = Images(sandbox: ffmpeg.sandbox)
            let path = try await Samples.shared.path(.mp3WithCover)
            let probe = try await ffmpeg.probe(path)
            let cover = try await ffmpeg.cover(of: path, probe, in: directory)
            #expect(try await images.inspect(cover.thumbnail).size == PictureSize(width: 300, height: 240))
            #expect(try await images.inspect(cover.poster).size == PictureSize(width: 500, height: 400))
            let waveform = try await ffmpeg.waveform(of: path, probe, in: directory)
            #expect(try await images.inspect(waveform).size == PictureSize(width: 300, height: 150))
        }
    }

    @Test("With limits alone everything works as well")
    func limitsOnly() async throws {
        try await withTemporaryDirectory { directory in
            let ffmpeg = FFmpeg(sandbox: Sandbox(status: .limitsOnly(reason: "for this test")))
            let path = try await Samples.shared.path(.avi)
            let probe = try await ffmpeg.probe(path)
            _ = try await ffmpeg.poster(of: path, probe, in: directory)
            let result = try await ffmpeg.convert(path, probe, by: .encodingEverything(in: probe), in: directory)
            #expect(WebPlayability(try await ffmpeg.probe(result)) == .asIs(mimeType: "video/mp4"))
        }
    }

    private func ffmpeg() async -> FFmpeg { FFmpeg(sandbox: await Sandbox.detect()) }
}

/// Whether an MP4's `moov` box stands before its `mdat` box.
private func beginsWithItsIndex(_ path: String) throws -> Bool {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    guard let index = data.range(of: Data("moov".utf8)), let media = data.range(of: Data("mdat".utf8)) else {
        return false
    }
    return index.lowerBound < media.lowerBound
}
