/// What it takes until browsers play a file.
package enum WebPlayability: Sendable, Hashable {
    /// Browsers play the file as it is, served as this MIME type.
    case asIs(mimeType: String)
    /// It has to be converted; where every part is copied, that costs no more than reading and writing it.
    case convert(Conversion)
    /// There is nothing in it to see or to hear.
    case nothing

    /// Decides by container and codecs alone.
    package init(_ probe: MediaProbe) {
        if let video = probe.video {
            self = Self.film(probe, video: video)
        } else if let audio = probe.audio {
            self = Self.sound(probe, audio: audio)
        } else {
            self = .nothing
        }
    }

    private static func film(_ probe: MediaProbe, video: MediaProbe.Stream) -> WebPlayability {
        let audio = probe.audio
        if video.isWebMVideo, audio?.isWebMAudio ?? true {
            if probe.container == .webm, probe.duration != nil { return .asIs(mimeType: "video/webm") }
            // A browser that records writes no duration and no index; copying adds both.
            if probe.container == .matroska || probe.container == .webm {
                return .convert(Conversion(to: .webm, video: .copy, audio: audio.map { _ in .copy }))
            }
        }
        let audioFits = audio?.isMP4Audio ?? true
        if probe.container == .mp4, video.isPlainH264, audioFits { return .asIs(mimeType: "video/mp4") }
        let copiesVideo = video.isPlainH264 && probe.container.hasTimestamps
        return .convert(
            Conversion(
                to: .mp4,
                video: copiesVideo ? .copy : .encode,
                audio: audio.map { _ in audioFits && probe.container.hasTimestamps ? .copy : .encode }
            )
        )
    }

    private static func sound(_ probe: MediaProbe, audio: MediaProbe.Stream) -> WebPlayability {
        let encoded = WebPlayability.convert(Conversion(to: .m4a, video: nil, audio: .encode))
        switch (probe.container, audio.codec) {
        case (.mp3, "mp3"): return .asIs(mimeType: "audio/mpeg")
        case (.aac, "aac"): return .asIs(mimeType: "audio/aac")
        case (.mp4, "aac"): return .asIs(mimeType: "audio/mp4")
        case (.ogg, "vorbis"), (.ogg, "opus"), (.ogg, "flac"): return .asIs(mimeType: "audio/ogg")
        case (.webm, "vorbis"), (.webm, "opus"):
            return probe.duration == nil
                ? .convert(Conversion(to: .webm, video: nil, audio: .copy)) : .asIs(mimeType: "audio/webm")
        case (.flac, "flac"): return .asIs(mimeType: "audio/flac")
        case (.wav, "pcm_u8"), (.wav, "pcm_s16le"), (.wav, "pcm_s24le"), (.wav, "pcm_f32le"):
            return .asIs(mimeType: "audio/wav")
        case (let container, "aac") where container.hasTimestamps:
            return .convert(Conversion(to: .m4a, video: nil, audio: .copy))
        case _:
            return encoded
        }
    }
}

/// How a file becomes one that browsers play.
package struct Conversion: Sendable, Hashable {
    package enum Target: Sendable, Hashable {
        case mp4, webm, m4a
    }

    package enum Way: Sendable, Hashable {
        case copy, encode
    }

    package let target: Target
    /// Nil leaves the stream out.
    package let video: Way?
    package let audio: Way?

    package init(to target: Target, video: Way?, audio: Way?) {
        self.target = target
        self.video = video
        self.audio = audio
    }

    /// The conversion that always works, for files whose streams turn out not to fit when copied.
    package static func encodingEverything(in probe: MediaProbe) -> Conversion {
        let audio: Way? = probe.audio == nil ? nil : .encode
        return probe.video == nil
            ? Conversion(to: .m4a, video: nil, audio: audio) : Conversion(to: .mp4, video: .encode, audio: audio)
    }

    /// Whether nothing is encoded.
    package var isRemux: Bool { video != .encode && audio != .encode }

    package var mimeType: String {
        switch target {
        case .mp4: "video/mp4"
        case .webm: video == nil ? "audio/webm" : "video/webm"
        case .m4a: "audio/mp4"
        }
    }
}

extension MediaProbe.Stream {
    /// H.264 as every browser decodes it: eight bits, 4:2:0.
    fileprivate var isPlainH264: Bool {
        codec == "h264" && (pixelFormat == "yuv420p" || pixelFormat == "yuvj420p")
    }

    fileprivate var isWebMVideo: Bool { ["vp8", "vp9", "av1"].contains(codec) }
    fileprivate var isWebMAudio: Bool { ["vorbis", "opus"].contains(codec) }
    fileprivate var isMP4Audio: Bool { codec == "aac" || codec == "mp3" }
}

extension Container {
    /// Whether its packets say when they are shown, so that they can be copied into MP4.
    fileprivate var hasTimestamps: Bool {
        switch self {
        case .mp4, .quickTime, .matroska, .webm, .flv, .mpegTS: true
        case .avi, .asf, .mpegPS, .ogg, .mp3, .aac, .flac, .wav, .aiff, .caf, .amr, .ac3, .wavPack: false
        }
    }
}
