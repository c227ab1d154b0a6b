import Foundation
import Testing

@testable import Integrations

@Suite("Images")
struct ImageTests {
    @Test(
        "Every usual format gets a thumbnail and a picture to look at",
        arguments: ["a.jpg", "a.png", "a.gif", "a.webp", "a.tif"]
    )
    func formats(_ name: String) async throws {
        try await withTemporaryDirectory { directory in
            let images = Images(sandbox: await Sandbox.detect())
            let path = try await Samples.shared.image(name)
            #expect(try await images.inspect(path).size == PictureSize(width: 800, height: 600))
            let (thumbnail, display) = try await images.renditions(of: path, in: directory)
            #expect(try await images.inspect(thumbnail).size == PictureSize(width: 300, height: 225))
            let shown = try await images.inspect(display)
            #expect(shown.size == PictureSize(width: 800, height: 600) && shown.loader == "jpegload")
        }
    }

    @Test("AVIF and HEIC work where the installed libvips can write them to try", arguments: ["a.avif", "a.heic"])
    func modernFormats(_ name: String) async throws {
        guard let path = try? await Samples.shared.image(name) else { return }
        try await withTemporaryDirectory { directory in
            let images = Images(sandbox: await Sandbox.detect())
            #expect(try await images.inspect(path).size == PictureSize(width: 800, height: 600))
            let (thumbnail, _) = try await images.renditions(of: path, in: directory)
            #expect(try await images.inspect(thumbnail).size == PictureSize(width: 300, height: 225))
        }
    }

    @Test("A photograph is turned the right way up, and loses its camera, its date and its place")
    func orientation() async throws {
        try await withTemporaryDirectory { directory in
            let images = Images(sandbox: await Sandbox.detect())
            let photo = "\(directory)/photo"
            let plain = try contents(await Samples.shared.image("a.jpg"))
            try Data(Exif.insert(into: plain, orientation: 6)).write(to: URL(fileURLWithPath: photo))
            let facts = try await images.inspect(photo)
            #expect(facts.orientation == 6 && facts.size == PictureSize(width: 600, height: 800))
            #expect(facts.camera == "Acme (Pro) X100")
            #expect(facts.takenAt == "2024-05-06T07:08:09")
            #expect(!"\(facts)".contains("52"), "the place must not be in it")

            let (thumbnail, display) = try await images.renditions(of: photo, in: directory)
            #expect(try await images.inspect(thumbnail).size == PictureSize(width: 225, height: 300))
            for path in [thumbnail, display] {
                let text = String(decoding: try contents(path), as: UTF8.self)
                #expect(!text.contains("Acme") && !text.contains("Exif") && !text.contains("2024:05"))
                let facts = try await images.inspect(path)
                #expect(facts.orientation == 1 && facts.camera == nil && facts.takenAt == nil)
            }
        }
    }

    @Test("A picture of a hundred thousand pixels square is refused by its header")
    func bomb() async throws {
        try await withTemporaryDirectory { directory in
            let images = Images(sandbox: await Sandbox.detect())
            let path = "\(directory)/bomb.png"
            try Data(PNG.header(width: 100_000, height: 100_000)).write(to: URL(fileURLWithPath: path))
            let failure = await #expect(throws: DecoderFailure.self) { try await images.inspect(path) }
            #expect(
                failure
                    == .unsuitable(reason: "This image has 100000 × 100000 pixels, more than can be opened here.")
            )
        }
    }

    @Test("Nothing, garbage, drawings and documents are no images")
    func refusals() async throws {
        let texts = [
            "", "garbage", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"></svg>", "%PDF-1.4\n",
            "P3\n1 1\n255\n0 0 0\n", "\u{FF}\u{D8}\u{FF}",
        ]
        for sandbox in await Sandbox.available() {
            try await withTemporaryDirectory { directory in
                for (index, text) in texts.enumerated() {
                    let path = "\(directory)/\(index).jpg"
                    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                    await #expect(throws: DecoderFailure.self, "\(text)") {
                        try await Images(sandbox: sandbox).inspect(path)
                    }
                }
            }
        }
    }

    @Test("A picture cut short gives a result or a failure")
    func truncated() async throws {
        try await withTemporaryDirectory { directory in
            let images = Images(sandbox: await Sandbox.detect())
            let photo = try contents(await Samples.shared.image("a.png"))
            let path = "\(directory)/short"
            try Data(photo.prefix(photo.count / 3)).write(to: URL(fileURLWithPath: path))
            do {
                _ = try await images.renditions(of: path, in: directory)
            } catch is DecoderFailure {}
        }
    }

    @Test("Lines inside a comment do not pass for the header")
    func forgedHeader() throws {
        let report = """
            width: 10
            height: 20
            vips-loader: pngload
            png-comment-0: hello
            width: 5
            orientation: 6
            """
        let facts = try ImageFacts(Array(report.utf8))
        #expect(facts.size == PictureSize(width: 20, height: 10))
        #expect(throws: DecoderFailure.self) { try ImageFacts(Array("height: 5\nvips-loader: pngload\n".utf8)) }
        #expect(throws: DecoderFailure.self) { try ImageFacts(Array("width: -5\nheight: 5\nvips-loader: x\n".utf8)) }
    }

    @Test(
        "EXIF texts are taken out of libvips' words",
        arguments: [
            ("Canon (Canon, ASCII, 6 components, 6 bytes)", "Canon"),
            ("A (B) C (A (B) C, ASCII, 8 components, 8 bytes)", "A (B) C"), (" ( , ASCII, 2 components, 2 bytes)", nil),
            ("", nil), ("5 (5, Short, 1 components, 2 bytes)", nil), (", ASCII, ", nil),
        ] as [(String, String?)]
    )
    func exifText(_ field: String, _ expected: String?) {
        #expect(ExifText(field[...])?.value == expected)
    }
}

/// A JPEG's APP1 segment as cameras write it.
private enum Exif {
    static func insert(into jpeg: [UInt8], orientation: UInt16) -> [UInt8] {
        let make = Array("Acme (Pro)\0".utf8)
        let model = Array("X100\0".utf8)
        let date = Array("2024:05:06 07:08:09\0".utf8)
        // TIFF header, then IFD0 with five entries, the Exif IFD with one, the GPS IFD with one, then the data.
        let ifd0 = 8
        let exif = ifd0 + 2 + 5 * 12 + 4
        let gps = exif + 2 + 12 + 4
        let data = gps + 2 + 12 + 4
        var tiff: [UInt8] = Array("II".utf8) + word(42) + long(ifd0)
        tiff += word(5)
        tiff += entry(0x010F, type: 2, count: make.count, value: long(data))
        tiff += entry(0x0110, type: 2, count: model.count, value: long(data + make.count))
        tiff += entry(0x0112, type: 3, count: 1, value: word(orientation) + word(0))
        tiff += entry(0x8769, type: 4, count: 1, value: long(exif))
        tiff += entry(0x8825, type: 4, count: 1, value: long(gps))
        tiff += long(0)
        tiff +=
            word(1) + entry(0x9003, type: 2, count: date.count, value: long(data + make.count + model.count)) + long(0)
        tiff += word(1)
        tiff += entry(0x0002, type: 5, count: 3, value: long(data + make.count + model.count + date.count)) + long(0)
        tiff += make + model + date
        for value in [52, 1, 31, 1, 12, 1] { tiff += long(value) }
        let payload = Array("Exif\0\0".utf8) + tiff
        let length = UInt16(payload.count + 2)
        return Array(jpeg[0..<2]) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + payload + jpeg[2...]
    }

    private static func entry(_ tag: UInt16, type: UInt16, count: Int, value: [UInt8]) -> [UInt8] {
        word(tag) + word(type) + long(count) + value
    }

    private static func word(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }

    private static func long(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }
}

/// A PNG that promises a size and has no pixels to it.
private enum PNG {
    static func header(width: Int, height: Int) -> [UInt8] {
        let size = bytes(width) + bytes(height)
        return [0x89] + Array("PNG\r\n\u{1A}\n".utf8) + chunk("IHDR", size + [8, 2, 0, 0, 0])
            + chunk("IDAT", [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]) + chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return bytes(content.count) + body + bytes(Int(checksum(body)))
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
    }

    private static func bytes(_ value: Int) -> [UInt8] { (0..<4).reversed().map { UInt8(value >> ($0 * 8) & 255) } }
}
