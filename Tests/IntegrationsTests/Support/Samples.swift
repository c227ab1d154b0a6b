import Foundation

@testable import Integrations

/// Small real files, each made once per run by ffmpeg or libvips.
actor Samples {
    static let shared = Samples()

    private let directory = NSTemporaryDirectory() + "samples-\(ProcessInfo.processInfo.processIdentifier)"
    private var made: Set<String> = []

    enum Video: String, CaseIterable {
        case mp4 = "film.mp4"
        case tenBit = "ten-bit.mp4"
        case quickTime = "film.mov"
        case matroska = "film.mkv"
        case matroskaAC3 = "surround.mkv"
        case webm = "film.webm"
        case vp8Matroska = "vp8.mkv"
        case avi = "old.avi"
        case transportStream = "broadcast.ts"
        case programStream = "dvd.mpg"
        case flash = "film.flv"
        case windows = "film.wmv"
        case silent = "silent.mp4"
        case turned = "turned.mp4"
        case anamorphic = "wide.avi"
        case tall = "tall.avi"
        case long = "long.avi"
    }

    enum Audio: String, CaseIterable {
        case mp3 = "song.mp3"
        case mp3WithCover = "cover.mp3"
        case m4a = "song.m4a"
        case aac = "song.aac"
        case vorbis = "song.ogg"
        case opus = "song.opus"
        case flac = "song.flac"
        case wav = "song.wav"
        case aiff = "song.aiff"
        case alac = "lossless.m4a"
        case ac3 = "song.ac3"
        case wma = "song.wma"
    }

    func path(_ video: Video) throws -> String {
        let path = try path(video.rawValue)
        guard made.insert(video.rawValue).inserted else { return path }
        let picture = ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=4"]
        let sound = ["-f", "lavfi", "-i", "sine=f=440:d=4"]
        let h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
        switch video {
        case .mp4, .quickTime, .matroska, .transportStream, .flash:
            try ffmpeg(picture + sound + h264 + ["-c:a", "aac", "-ar", "44100", "-g", "25", path])
        case .tenBit: try ffmpeg(picture + ["-c:v", "libx264", "-pix_fmt", "yuv420p10le", path])
        case .matroskaAC3: try ffmpeg(picture + sound + h264 + ["-c:a", "ac3", path])
        case .webm, .vp8Matroska:
            try ffmpeg(picture + sound + ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis", path])
        case .avi: try ffmpeg(picture + sound + ["-c:v", "mpeg4", "-c:a", "libmp3lame", path])
        case .programStream: try ffmpeg(picture + sound + ["-c:v", "mpeg2video", "-c:a", "mp2", path])
        case .windows: try ffmpeg(picture + sound + ["-c:v", "wmv2", "-c:a", "wmav2", path])
        case .silent: try ffmpeg(picture + h264 + [path])
        case .turned:
            let upright = try self.path(.mp4)
            try ffmpeg(["-i", upright, "-c", "copy", "-metadata:s:v:0", "rotate=90", path])
        case .anamorphic:
            try ffmpeg(["-f", "lavfi", "-i", "testsrc2=s=720x576:d=1,setsar=64/45", "-c:v", "mpeg4", path])
        case .tall: try ffmpeg(["-f", "lavfi", "-i", "testsrc2=s=1080x1920:r=5:d=1", "-c:v", "mpeg4", path])
        case .long:
            try ffmpeg(["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25:d=60", "-c:v", "mpeg4", "-q:v", "8", path])
        }
        return path
    }

    func path(_ audio: Audio) throws -> String {
        let path = try path(audio.rawValue)
        guard made.insert(audio.rawValue).inserted else { return path }
        let sound = ["-f", "lavfi", "-i", "sine=f=440:d=3"]
        switch audio {
        case .mp3WithCover:
            let cover = ["-f", "lavfi", "-i", "testsrc2=s=500x400:d=0.04:r=25"]
            try ffmpeg(
                sound + cover
                    + [
                        "-map", "0", "-map", "1", "-c:a", "libmp3lame", "-c:v", "mjpeg", "-disposition:v",
                        "attached_pic",
                    ]
                    + ["-metadata", "title=A Song", "-metadata", "artist=Somebody", path]
            )
        case .vorbis: try ffmpeg(sound + ["-c:a", "libvorbis", path])
        case .alac: try ffmpeg(sound + ["-c:a", "alac", path])
        case .mp3, .m4a, .aac, .opus, .flac, .wav, .aiff, .ac3, .wma: try ffmpeg(sound + [path])
        }
        return path
    }

    /// A photograph of 800 × 600 stored in that format by libvips.
    func image(_ fileName: String) throws -> String {
        let path = try path(fileName)
        guard made.insert(fileName).inserted else { return path }
        let noise = try self.path("noise.v")
        try run("vips", ["gaussnoise", noise, "800", "600", "--mean", "128", "--sigma", "30"])
        try run("vips", ["cast", noise, path, "uchar"])
        return path
    }

    private func path(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        return "\(directory)/\(name)"
    }

    private func ffmpeg(_ arguments: [String]) throws {
        try run("ffmpeg", ["-nostdin", "-v", "error", "-y"] + arguments)
    }
}

struct CommandFailed: Error {
    let words: [String]
}

/// Runs a program to its end, for preparing and judging; blocks.
@discardableResult
func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/\(program)")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CommandFailed(words: [program] + arguments) }
    return String(decoding: output, as: UTF8.self)
}
