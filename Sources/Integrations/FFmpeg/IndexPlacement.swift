/// How an MP4's index, which is known only at the end, comes to stand at the front.
enum IndexPlacement: Sendable, Hashable {
    /// All is moved back when the rest is written, which reads and writes the file once more.
    case movedToFront
    /// That many bytes are left free for it; ffmpeg gives up when they are too few.
    case reserved(bytes: Int64)

    /// Where much is copied, the second round would take most of the time (measured on 900 MB: 3.0 s with it, 1.25 s
    /// without, `cp` 0.8 s), so room is left for the longest index that such streams can have.
    static func reserved(for probe: MediaProbe, _ conversion: Conversion) -> IndexPlacement {
        guard conversion.target == .mp4, conversion.isRemux, let seconds = probe.duration,
            let bitRate = probe.bitRate, seconds < 172_800, Double(bitRate) / 8 * seconds > 67_108_864
        else { return .movedToFront }
        // A picture takes up to 32 bytes in the tables of sizes, times, offsets and keyframes, a piece of sound 20.
        let pictures = seconds * min(probe.video?.frameRate ?? 60, 240) * 32
        let sounds = seconds * Double(probe.audio?.sampleRate ?? 48_000) / 1024 * 20
        return .reserved(bytes: Int64((pictures + sounds) * 1.1) + 65_536)
    }

    /// For ffmpeg's MP4 muxer.
    var arguments: [String] {
        switch self {
        case .movedToFront: ["-movflags", "+faststart"]
        // Without `-xerror` ffmpeg would call it a success when the index did not fit.
        case .reserved(let bytes): ["-xerror", "-moov_size", String(min(bytes, Int64(Int32.max)))]
        }
    }
}
