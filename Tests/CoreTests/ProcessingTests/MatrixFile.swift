import Foundation
import Integrations
import Testing

/// One file of those that people have, how ffmpeg makes it, and what is to become of it.
struct MatrixFile: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable {
        /// Browsers get the very bytes.
        case asIs
        /// Browsers get the very pictures and sounds in another container.
        case copied
        case encoded
        /// The upload is kept, and says why it cannot be played.
        case problem
        /// The upload is not taken.
        case refused
    }

    let name: String
    let outcome: Outcome
    /// As it is meant to be seen; nil for sound.
    var size: PictureSize? = PictureSize(width: 160, height: 120)
    /// Seconds; nil where the file itself is wrong about it.
    var duration: Double? = 1
    /// ffmpeg's arguments, up to the name of the file.
    var steps: [[String]]
    /// What happens to the bytes before they are uploaded.
    var damage: @Sendable ([UInt8]) -> [UInt8] = { $0 }

    var testDescription: String { name }

    /// Its bytes, made anew.
    func bytes() throws -> [UInt8] {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("matrix-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for step in steps { _ = try Self.ffmpeg(step, in: folder) }
        let made = steps.last?.last.flatMap { try? Data(contentsOf: folder.appendingPathComponent($0)) }
        return damage(Array(made ?? Data()))
    }

    /// What ffmpeg says about it on standard output.
    static func ffmpeg(_ arguments: [String], in folder: URL) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        process.arguments = ["-nostdin", "-v", "error", "-y"] + arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CannotBeMade(arguments: arguments) }
        return String(decoding: said, as: UTF8.self)
    }

    struct CannotBeMade: Error {
        let arguments: [String]
    }
}

extension MatrixFile {
    static let picture = ["-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=1"]
    static let sound = ["-f", "lavfi", "-i", "sine=d=1"]
    /// Pictures in another order than they are shown, as most have them.
    static let h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-pix_fmt", "yuv420p"]
    static let hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"]
    static let vp9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"]
    static let av1 = ["-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8"]

    static func film(_ name: String, _ outcome: Outcome, _ codecs: [String]) -> MatrixFile {
        MatrixFile(name: name, outcome: outcome, steps: [picture + sound + codecs + [name]])
    }

    static func silent(_ name: String, _ outcome: Outcome, _ codecs: [String]) -> MatrixFile {
        MatrixFile(name: name, outcome: outcome, steps: [picture + codecs + [name]])
    }

    static func song(_ name: String, _ outcome: Outcome, _ codec: [String]) -> MatrixFile {
        MatrixFile(name: name, outcome: outcome, size: nil, steps: [sound + codec + [name]])
    }

    /// A film that says that it has to be turned.
    static func turned(_ name: String, _ degrees: Int, _ outcome: Outcome, _ codecs: [String]) -> MatrixFile {
        let turn = ["-i", "base.mp4", "-c", "copy", "-metadata:s:v:0", "rotate=\(degrees)", name]
        return MatrixFile(
            name: name,
            outcome: outcome,
            size: degrees == 180 ? PictureSize(width: 160, height: 120) : PictureSize(width: 120, height: 160),
            steps: [picture + sound + codecs + ["base.mp4"], turn]
        )
    }

    /// A file with that name whose bytes are somebody else's.
    static func spoilt(
        _ name: String,
        _ outcome: Outcome,
        from steps: [String] = [],
        _ damage: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> MatrixFile {
        MatrixFile(
            name: name,
            outcome: outcome,
            duration: nil,
            steps: steps.isEmpty ? [] : [steps],
            damage: damage
        )
    }

    func lasting(_ seconds: Double) -> MatrixFile {
        var file = self
        file.duration = seconds
        return file
    }

    func shown(_ width: Int, _ height: Int) -> MatrixFile {
        var file = self
        file.size = PictureSize(width: width, height: height)
        return file
    }
}
