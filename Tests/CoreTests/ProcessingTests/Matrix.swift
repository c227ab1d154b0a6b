/// Containers, codecs, layouts and damages, each with what has to become of it.
enum Matrix {
    private typealias File = MatrixFile
    private static let aac = ["-c:a", "aac"]
    private static let mp3 = ["-c:a", "libmp3lame"]
    private static let opus = ["-c:a", "libopus"]
    private static let pq = ["-pix_fmt", "yuv420p10le", "-color_trc", "smpte2084", "-color_primaries", "bt2020"]
    private static let plain = File.picture + File.sound + File.h264 + aac

    static let films: [MatrixFile] = [
        .film("plain.mp4", .asIs, File.h264 + aac),
        .film("camera.mov", .copied, File.h264 + aac),
        .film("download.mkv", .copied, File.h264 + aac),
        .film("broadcast.ts", .copied, File.h264 + aac),
        .film("stream.flv", .copied, File.h264 + aac),
        .film("phone.3gp", .asIs, File.h264 + aac),
        .film("surround.mp4", .asIs, File.h264 + aac + ["-ac", "6"]),
        .film("mono.mp4", .asIs, File.h264 + aac + ["-ac", "1"]),
        .film("mp3-sound.mp4", .asIs, File.h264 + mp3),
        .silent("silent.mp4", .asIs, File.h264),
        .silent("silent.mov", .copied, File.h264),
        .film("two-tracks.mkv", .copied, File.h264 + aac + ["-map", "0", "-map", "1", "-map", "1"]),
        .film("fragmented.mp4", .asIs, File.h264 + aac + ["-movflags", "frag_keyframe+empty_moov"]),
        .film("recorder.webm", .copied, File.vp9 + opus + ["-live", "1"]),
        .film("web.webm", .asIs, File.vp9 + opus),
        .film("new.webm", .asIs, File.av1 + opus),
        .film("vp8.webm", .asIs, ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis"]),
        .film("vp9.mkv", .copied, File.vp9 + opus),
        .film("surround.mkv", .encoded, File.h264 + ["-c:a", "ac3", "-ac", "6"]),
        .film("opus.mkv", .encoded, File.h264 + opus),
        .film("flac.mkv", .encoded, File.h264 + ["-c:a", "flac"]),
        .film("phone.mp4", .encoded, File.hevc + aac),
        .film("av1.mp4", .encoded, File.av1 + aac),
        .film("camcorder.avi", .encoded, File.h264 + mp3),
        .film("old.avi", .encoded, ["-c:v", "mpeg4"] + mp3),
        .film("odd.avi", .encoded, ["-vf", "scale=161:121", "-c:v", "mjpeg", "-pix_fmt", "yuvj444p"] + mp3)
            .shown(161, 121),
        .film("mpeg4.mp4", .encoded, ["-c:v", "mpeg4"] + aac),
        .film("old-phone.3gp", .encoded, ["-s", "176x144", "-c:v", "h263"] + aac).shown(192, 144),
        .film("dvd.mpg", .encoded, ["-c:v", "mpeg2video", "-c:a", "mp2"]),
        .film("tv.ts", .encoded, ["-c:v", "mpeg2video", "-c:a", "mp2"]),
        .film("interlaced.ts", .encoded, ["-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-top", "1", "-c:a", "ac3"]),
        .film("cutting-room.mov", .encoded, ["-c:v", "prores_ks", "-c:a", "pcm_s16le"]),
        .film("old.flv", .encoded, ["-c:v", "flv", "-ar", "44100"] + mp3),
        .film("windows.wmv", .encoded, ["-c:v", "wmv2", "-c:a", "wmav2"]),
        .film("free.ogv", .encoded, ["-c:v", "libtheora", "-c:a", "libvorbis"]),
        .film("wide.mpg", .encoded, ["-vf", "setsar=4/3", "-c:v", "mpeg2video", "-c:a", "mp2"]).shown(213, 120),
        .silent("ten-bit.mp4", .encoded, ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"]),
        .silent("colours.mp4", .encoded, ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p"]),
        .film("bright.mp4", .encoded, File.hevc + pq + aac),
        .film("bright.mkv", .encoded, File.hevc + ["-pix_fmt", "yuv420p10le", "-color_trc", "arib-std-b67"] + opus),
        .turned("upright.mp4", 90, .asIs, File.h264 + aac),
        .turned("headlong.mp4", 180, .asIs, File.h264 + aac),
        .turned("upright.mov", 270, .copied, File.h264 + aac),
        .turned("upright-phone.mov", 90, .encoded, File.hevc + aac),
        .silent("one-picture.mp4", .asIs, ["-frames:v", "1"] + File.h264).lasting(0.04),
    ]

    static let songs: [MatrixFile] = [
        .song("song.mp3", .asIs, mp3),
        .song("song.m4a", .asIs, aac),
        .song("surround.m4a", .asIs, aac + ["-ac", "6"]),
        .song("song.aac", .asIs, aac),
        .song("song.ogg", .asIs, ["-c:a", "libvorbis"]),
        .song("song.opus", .asIs, opus),
        .song("song.flac", .asIs, ["-c:a", "flac"]),
        .song("surround.flac", .asIs, ["-c:a", "flac", "-ac", "6"]),
        .song("recorder.webm", .copied, opus + ["-live", "1"]),
        .song("song.wav", .asIs, ["-c:a", "pcm_s16le", "-ac", "2"]),
        .song("studio.wav", .asIs, ["-c:a", "pcm_s24le", "-ac", "6"]),
        .song("telephone.wav", .encoded, ["-c:a", "pcm_mulaw"]),
        .song("lossless.m4a", .encoded, ["-c:a", "alac"]),
        .song("song.aiff", .encoded, []),
        .song("song.wma", .encoded, ["-c:a", "wmav2"]),
    ]

    static let spoilt: [MatrixFile] = [
        .spoilt("empty.mp4", .refused) { $0 },
        .spoilt("garbage.mp4", .refused) { _ in (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* $0 &+ 7) } },
        .spoilt("text.mkv", .refused) { _ in Array("Once upon a time there was a film.\n".utf8) },
        .spoilt("picture.mp4", .refused, from: File.picture + ["-frames:v", "1", "a.png"]) { $0 },
        .spoilt("song.mp4", .refused, from: File.sound + ["a.mp3"]) { $0 },
        .spoilt("matroska.mp4", .refused, from: plain + ["a.mkv"]) { $0 },
        .spoilt("film.mp3", .refused, from: plain + ["a.mp4"]) { $0 },
        .spoilt("head.mp4", .problem, from: plain + ["a.mp4"]) { Array($0.prefix(40)) },
        .spoilt("half.mp4", .problem, from: plain + ["a.mp4"]) { Array($0.prefix($0.count / 2)) },
        .spoilt("overwritten.mp4", .problem, from: plain + ["a.mp4"]) { bytes in
            bytes.prefix(64) + [UInt8](repeating: 7, count: 3000)
        },
        .spoilt("half.mkv", .copied, from: plain + ["a.mkv"]) { Array($0.prefix($0.count / 2)) },
        .spoilt("half.ts", .copied, from: plain + ["a.ts"]) { Array($0.prefix($0.count / 2)) },
        .spoilt("half.avi", .encoded, from: plain + ["a.avi"]) { Array($0.prefix($0.count / 2)) },
        .spoilt("started-late.ts", .copied, from: plain + ["a.ts"]) { Array($0.dropFirst(188 * 3)) },
    ]
}
