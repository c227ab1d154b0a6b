/// Pictures that promise more than they hold, or carry something along.
enum HostilePictures {
    static func all(_ lure: Lure, plain: [UInt8]) -> [HostileFile] {
        let text = Bytes.text("profile\0\(lure.bait)")
        let page = Bytes.text("<script src=\"\(lure.url)\"></script>")
        return [
            HostileFile("square.png", png(100_000, 100_000)),
            HostileFile("line.png", png(2_147_483_647, 1)),
            HostileFile("nothing.png", png(0, 0)),
            HostileFile("no-end.png", Array(png(64, 64).dropLast(20))),
            HostileFile("profile.png", png(8, 8, ("tEXt", text))),
            HostileFile(
                "compressed-text.png",
                png(8, 8, ("zTXt", Bytes.joined(Bytes.text("a\0\0"), [0x78, 0x9C, 3])))
            ),
            HostileFile("endless-chunk.png", png(8, 8, ("iCCP", Bytes.times(4096, 0xFF)))),
            HostileFile("archive-behind.png", png(8, 8), archive),
            HostileFile("square.jpg", [0xFF, 0xD8], frame(65535, 65535), [0xFF, 0xDA, 0, 2]),
            HostileFile("many-tables.jpg", [0xFF, 0xD8], Bytes.times(60_000, 0xFF)),
            HostileFile("exif-loop.jpg", [0xFF, 0xD8, 0xFF, 0xE1, 0, 34], loopingEXIF, Array(plain.dropFirst(2))),
            HostileFile("page-inside.jpg", Array(plain.prefix(2)), comment(page), Array(plain.dropFirst(2))),
            HostileFile("page-behind.jpg", plain, page),
            HostileFile("half.jpg", Array(plain.prefix(plain.count / 2))),
            HostileFile(
                "canvas.webp",
                webp(Bytes.chunk("VP8X", [0x10, 0, 0, 0], Bytes.times(6, 0xFF)))
            ),
            HostileFile("key-frame.webp", webp(Bytes.chunk("VP8 ", [0, 0, 0, 0x9D, 1, 0x2A, 0xFF, 0x3F, 0xFF, 0x3F]))),
            HostileFile("square.gif", Bytes.text("GIF89a"), [0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0, 0], [UInt8](0..<6)),
            HostileFile("frames.gif", frames),
            HostileFile("script.gif", Bytes.text("GIF89a/*"), [0, 0, 0, 0], Bytes.text("*/=1;fetch('\(lure.url)')")),
            HostileFile("square.tif", tiff(Int(Int32.max), Int(Int32.max), next: 0)),
            HostileFile("loop.tif", tiff(8, 8, next: 8)),
            HostileFile("strips.tif", tiff(60_000, 60_000, next: 0)),
            HostileFile("box.heic", Bytes.box("ftyp", Bytes.text("heic\0\0\0\0mif1heic")), nested("meta", 200)),
            HostileFile("box.avif", Bytes.box("ftyp", Bytes.text("avif\0\0\0\0mif1avif")), [0, 0, 0, 0x20]),
            HostileFile("stream.jxl", [0xFF, 0x0A], Bytes.times(500, 0xFF)),
            HostileFile("square.jp2", [0, 0, 0, 12], Bytes.text("jP  \r\n"), [0x87, 0x0A], nested("jp2h", 50)),
            HostileFile("own-format.v", [0x08, 0xF2, 0xA6, 0xB6], Bytes.times(200, 0x7F)),
            HostileFile("square.bmp", Bytes.text("BM"), Bytes.little(99), Bytes.times(60, 0x7F)),
            HostileFile("icon.ico", [0, 0, 1, 0, 0xFF, 0xFF], Bytes.times(300, 0)),
            HostileFile("camera.exr", [0x76, 0x2F, 0x31, 0x01, 2, 0, 0, 0], Bytes.times(300, 0x41)),
        ]
    }

    static func png(_ width: Int, _ height: Int, _ extra: (String, [UInt8])...) -> [UInt8] {
        var bytes = Bytes.joined([0x89], Bytes.text("PNG\r\n\u{1A}\n"))
        bytes += chunk("IHDR", Bytes.joined(Bytes.big(width), Bytes.big(height), [8, 2, 0, 0, 0]))
        for (name, content) in extra { bytes += chunk(name, content) }
        return Bytes.joined(bytes, chunk("IDAT", [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]), chunk("IEND", []))
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Bytes.joined(Bytes.text(name), content)
        // CRC-32, as PNG wants it behind each chunk.
        var sum = UInt32.max
        for byte in body {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return Bytes.joined(Bytes.big(content.count), body, Bytes.big(Int(~sum)))
    }

    /// The start of a JPEG's picture of that size, in three colours.
    private static func frame(_ width: Int, _ height: Int) -> [UInt8] {
        Bytes.joined(
            [0xFF, 0xC2, 0, 17, 8],
            Bytes.big(height, 2),
            Bytes.big(width, 2),
            [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]
        )
    }

    private static func comment(_ content: [UInt8]) -> [UInt8] {
        Bytes.joined([0xFF, 0xFE], Bytes.big(content.count + 2, 2), content)
    }

    /// A directory whose next directory is itself.
    private static let loopingEXIF =
        Bytes.joined(
            Bytes.text("Exif\0\0II*\0"),
            Bytes.little(8),
            [1, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0],
            Bytes.little(8),
            Bytes.little(8)
        )

    private static func webp(_ content: [UInt8]) -> [UInt8] { Bytes.chunk("RIFF", Bytes.text("WEBP"), content) }

    /// Twenty thousand pictures of one pixel on a canvas of 4000 × 4000.
    private static let frames: [UInt8] = {
        let picture: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
        let head = Bytes.joined(Bytes.text("GIF89a"), [0xA0, 0x0F, 0xA0, 0x0F, 0x80, 0, 0], Bytes.times(6, 9))
        return Bytes.joined(head, (0..<20_000).flatMap { _ in picture }, [0x3B])
    }()

    private static func tiff(_ width: Int, _ height: Int, next: Int) -> [UInt8] {
        let fields = [(0x100, width), (0x101, height), (0x102, 8), (0x103, 1), (0x106, 1), (0x111, 8), (0x117, 99)]
        let entries = fields.flatMap { tag, value in
            Bytes.joined(Bytes.little(tag, 2), [4, 0, 1, 0, 0, 0], Bytes.little(value))
        }
        return Bytes.joined(
            Bytes.text("II*\0"),
            Bytes.little(8),
            Bytes.little(fields.count, 2),
            entries,
            Bytes.little(next)
        )
    }

    /// Boxes within boxes.
    static func nested(_ type: String, _ depth: Int) -> [UInt8] {
        (0..<depth).reduce(into: [UInt8]()) { content, _ in content = Bytes.box(type, content) }
    }

    /// A ZIP that says it unpacks to four gigabytes.
    static let archive = Bytes.joined(
        Bytes.text("PK\u{3}\u{4}"),
        [20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [16, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 9, 0, 0, 0],
        Bytes.text("../../pwn"),
        Bytes.times(16, 0)
    )
}
