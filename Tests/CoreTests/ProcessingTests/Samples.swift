import Foundation

/// Small real files, as a user's devices make them.
enum Sample {
    static func made(_ arguments: [String], _ name: String) throws -> [UInt8] {
        let folder = NSTemporaryDirectory() + "sample-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        process.arguments = ["-nostdin", "-v", "error", "-y"] + arguments + ["\(folder)/\(name)"]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    }

    private static let picture = ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=2"]
    private static let sound = ["-f", "lavfi", "-i", "sine=f=440:d=2"]

    static func film() throws -> [UInt8] {
        try made(
            picture + sound + ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"],
            "a.mp4"
        )
    }

    /// MPEG-4 Part 2 in AVI, which no browser plays.
    static func oldFilm() throws -> [UInt8] {
        try made(picture + sound + ["-c:v", "mpeg4", "-c:a", "libmp3lame"], "a.avi")
    }

    static func matroska() throws -> [UInt8] {
        try made(
            picture + sound + ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"],
            "a.mkv"
        )
    }

    static func song() throws -> [UInt8] { try made(sound, "a.mp3") }

    /// 600 × 400 as stored, and a note by the camera to turn it by 90 degrees.
    static func turnedPhoto() throws -> [UInt8] {
        let plain = try made(
            ["-f", "lavfi", "-i", "testsrc2=s=600x400", "-frames:v", "1", "-pix_fmt", "yuvj420p"],
            "a.jpg"
        )
        let exif: [UInt8] =
            Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
        return plain[..<2] + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + plain[2...]
    }

    static let page: [UInt8] = Array(
        """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj
        trailer<</Root 1 0 R>>
        %%EOF
        """.utf8
    )
}
