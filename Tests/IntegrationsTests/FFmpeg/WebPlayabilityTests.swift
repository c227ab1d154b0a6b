import Testing

@testable import Integrations

@Suite("What browsers play")
struct WebPlayabilityTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let container: Container
        var video: String?
        var pixels = "yuv420p"
        var audio: String?
        let expected: WebPlayability

        var testDescription: String { "\(container) \(video ?? "–") \(pixels) \(audio ?? "–")" }
    }

    static let copyToMP4 = WebPlayability.convert(Conversion(to: .mp4, video: .copy, audio: .copy))
    static let encodeBoth = WebPlayability.convert(Conversion(to: .mp4, video: .encode, audio: .encode))
    static let encodeVideo = WebPlayability.convert(Conversion(to: .mp4, video: .encode, audio: .copy))
    static let encodeAudio = WebPlayability.convert(Conversion(to: .mp4, video: .copy, audio: .encode))
    static let sound = WebPlayability.convert(Conversion(to: .m4a, video: nil, audio: .encode))
    static let mp4 = WebPlayability.asIs(mimeType: "video/mp4")
    static let webm = WebPlayability.asIs(mimeType: "video/webm")

    static let cases: [Case] = [
        Case(container: .mp4, video: "h264", audio: "aac", expected: mp4),
        Case(container: .mp4, video: "h264", audio: "mp3", expected: mp4),
        Case(container: .mp4, video: "h264", expected: mp4),
        Case(container: .mp4, video: "h264", pixels: "yuvj420p", audio: "aac", expected: mp4),
        Case(container: .mp4, video: "h264", pixels: "yuv420p10le", audio: "aac", expected: encodeVideo),
        Case(container: .mp4, video: "h264", pixels: "yuv422p", audio: "aac", expected: encodeVideo),
        Case(container: .mp4, video: "h264", pixels: "yuv444p", audio: "aac", expected: encodeVideo),
        Case(container: .mp4, video: "h264", audio: "ac3", expected: encodeAudio),
        Case(container: .mp4, video: "hevc", audio: "aac", expected: encodeVideo),
        Case(container: .mp4, video: "mpeg4", audio: "aac", expected: encodeVideo),
        Case(container: .mp4, video: "av1", audio: "aac", expected: encodeVideo),
        Case(container: .quickTime, video: "h264", audio: "aac", expected: copyToMP4),
        Case(container: .quickTime, video: "prores", audio: "pcm_s16le", expected: encodeBoth),
        Case(container: .matroska, video: "h264", audio: "aac", expected: copyToMP4),
        Case(container: .matroska, video: "h264", audio: "ac3", expected: encodeAudio),
        Case(container: .matroska, video: "h264", audio: "opus", expected: encodeAudio),
        Case(
            container: .matroska,
            video: "h264",
            expected: .convert(Conversion(to: .mp4, video: .copy, audio: nil))
        ),
        Case(
            container: .matroska,
            video: "vp9",
            audio: "opus",
            expected: .convert(Conversion(to: .webm, video: .copy, audio: .copy))
        ),
        Case(container: .matroska, video: "vp9", audio: "aac", expected: encodeVideo),
        Case(container: .webm, video: "vp8", audio: "vorbis", expected: webm),
        Case(container: .webm, video: "vp9", audio: "opus", expected: webm),
        Case(container: .webm, video: "av1", audio: "opus", expected: webm),
        Case(container: .webm, video: "vp9", expected: webm),
        Case(container: .flv, video: "h264", audio: "aac", expected: copyToMP4),
        Case(container: .mpegTS, video: "h264", audio: "aac", expected: copyToMP4),
        Case(container: .mpegTS, video: "mpeg2video", audio: "mp2", expected: encodeBoth),
        Case(container: .avi, video: "mpeg4", audio: "mp3", expected: encodeBoth),
        Case(container: .avi, video: "h264", audio: "mp3", expected: encodeBoth),
        Case(container: .ogg, video: "theora", audio: "vorbis", expected: encodeBoth),
        Case(container: .asf, video: "wmv2", audio: "wmav2", expected: encodeBoth),
        Case(
            container: .avi,
            video: "mjpeg",
            expected: .convert(Conversion(to: .mp4, video: .encode, audio: nil))
        ),
        Case(container: .mp3, audio: "mp3", expected: .asIs(mimeType: "audio/mpeg")),
        Case(container: .aac, audio: "aac", expected: .asIs(mimeType: "audio/aac")),
        Case(container: .mp4, audio: "aac", expected: .asIs(mimeType: "audio/mp4")),
        Case(container: .mp4, audio: "alac", expected: sound),
        Case(container: .ogg, audio: "vorbis", expected: .asIs(mimeType: "audio/ogg")),
        Case(container: .ogg, audio: "opus", expected: .asIs(mimeType: "audio/ogg")),
        Case(container: .ogg, audio: "speex", expected: sound),
        Case(container: .flac, audio: "flac", expected: .asIs(mimeType: "audio/flac")),
        Case(container: .wav, audio: "pcm_s16le", expected: .asIs(mimeType: "audio/wav")),
        Case(container: .wav, audio: "adpcm_ms", expected: sound),
        Case(container: .aiff, audio: "pcm_s16be", expected: sound),
        Case(container: .ac3, audio: "ac3", expected: sound),
        Case(container: .asf, audio: "wmav2", expected: sound),
        Case(
            container: .matroska,
            audio: "aac",
            expected: .convert(Conversion(to: .m4a, video: nil, audio: .copy))
        ),
        Case(container: .webm, audio: "opus", expected: .asIs(mimeType: "audio/webm")),
        Case(container: .mp4, expected: .nothing),
    ]

    @Test("Container and codecs decide", arguments: cases)
    func decision(_ test: Case) {
        var streams: [MediaProbe.Stream] = []
        if let codec = test.video { streams.append(.sample(.video, codec, pixels: test.pixels)) }
        if let codec = test.audio { streams.append(.sample(.audio, codec)) }
        #expect(WebPlayability(.sample(test.container, streams)) == test.expected)
    }

    @Test("A cover makes no film of a song")
    func cover() {
        let probe = MediaProbe.sample(
            .mp3,
            [.sample(.audio, "mp3"), .sample(.video, "mjpeg", isAttachedPicture: true)]
        )
        #expect(WebPlayability(probe) == .asIs(mimeType: "audio/mpeg"))
    }

    @Test(
        "Pictures are made smaller, never larger, and even",
        arguments: [
            (1920, 1080, 1280, 720), (3840, 2160, 1280, 720), (1080, 1920, 720, 1280), (640, 480, 640, 480),
            (320, 240, 320, 240), (1024, 1024, 720, 720), (2560, 1080, 1280, 540), (641, 481, 640, 480),
            (1, 1, 2, 2), (10_000, 10, 1280, 2), (1921, 1081, 1278, 720),
        ]
    )
    func sizes(_ width: Int, _ height: Int, _ fittedWidth: Int, _ fittedHeight: Int) {
        let fitted = PictureSize(width: width, height: height).fitted(long: 1280, short: 720)
        #expect(fitted == PictureSize(width: fittedWidth, height: fittedHeight))
    }

    @Test("Progress is read from ffmpeg's lines")
    func progress() {
        var lines = ProgressLines()
        let text = [
            "frame=1", "out_time_us=N/A", "speed=N/A", "progress=continue", "out_time_us=3343673", "speed= 2.5x",
        ]
        let reports = (text + ["progress=end", "nonsense", "=", ""]).compactMap { lines.take($0) }
        #expect(
            reports == [EncodingProgress(seconds: 0, speed: nil), EncodingProgress(seconds: 3.343673, speed: 2.5)]
        )
    }
}

extension MediaProbe {
    static func sample(_ container: Container, _ streams: [Stream], bitRate: Int64? = nil) -> MediaProbe {
        MediaProbe(container: container, duration: 10, bitRate: bitRate, tags: [:], streams: streams)
    }
}

extension MediaProbe.Stream {
    static func sample(
        _ kind: Kind,
        _ codec: String,
        pixels: String? = nil,
        isAttachedPicture: Bool = false
    ) -> MediaProbe.Stream {
        MediaProbe.Stream(
            index: kind == .video ? 0 : 1,
            kind: kind,
            codec: codec,
            profile: nil,
            pixelFormat: pixels,
            width: 320,
            height: 240,
            pixelAspect: 1,
            rotation: 0,
            isInterlaced: false,
            highDynamicRange: nil,
            frameRate: 25,
            sampleRate: nil,
            channels: nil,
            bitRate: nil,
            language: nil,
            title: nil,
            isDefault: true,
            isAttachedPicture: isAttachedPicture
        )
    }
}
