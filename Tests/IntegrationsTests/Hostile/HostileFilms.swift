/// Containers that name other files, lie about sizes, or never end.
enum HostileFilms {
    static func all(_ lure: Lure, plain: [UInt8]) -> [HostileFile] { references(lure, plain) + lies }

    private static func references(_ lure: Lure, _ plain: [UInt8]) -> [HostileFile] {
        let url = Array(lure.url.utf8)
        let link = Bytes.joined(Bytes.text("url "), Bytes.big(url.count + 1), url, [0])
        let reference = Bytes.box("rmra", Bytes.box("rmda", Bytes.box("rdrf", [0, 0, 0, 0], link)))
        let playlist = Array(
            "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n\(lure.url)\n#EXTINF:9,\n\(lure.bait)\n".utf8
        )
        let web = Bytes.text("<script src=\"\(lure.url)\"></script>")
        return [
            HostileFile(
                "reference.mov",
                Bytes.box("ftyp", Bytes.text("qt  \0\0\0\0qt  ")),
                Bytes.box("moov", reference)
            ),
            HostileFile(
                "elsewhere.mp4",
                plain.replacing(Bytes.text("url \0\0\0\u{1}"), with: Bytes.text("alis\0\0\0\0"))
            ),
            HostileFile("subtitles.avi", subtitles(playlist)),
            HostileFile("cover.mp3", tag("APIC", Bytes.text("\0-->\0\u{3}\0"), url)),
            HostileFile("links.mp3", tag("WXXX", [0, 0], url), tag("WOAF", url)),
            HostileFile("page-in-front.mp4", Bytes.box("free", web), plain),
            HostileFile("page-behind.mp4", plain, web),
            HostileFile("archive-behind.mp4", plain, HostilePictures.archive),
            HostileFile("playlist-in-wave.wav", Bytes.chunk("RIFF", Bytes.text("WAVE"), playlist)),
        ]
    }

    private static let lies: [HostileFile] = [
        HostileFile("deep.mp4", ftyp, HostilePictures.nested("moov", 5000)),
        HostileFile("samples.mp4", ftyp, Bytes.box("moov", Bytes.box("trak", samples))),
        HostileFile(
            "endless.mp4",
            ftyp,
            [0xFF, 0xFF, 0xFF, 0xFF],
            Bytes.text("moov"),
            Bytes.times(99, 1)
        ),
        HostileFile("no-size.mp4", ftyp, [0, 0, 0, 1], Bytes.text("moov"), Bytes.times(64, 0xFF)),
        HostileFile("square.avi", avi(width: 65_535, height: 65_535, codec: "MJPG")),
        HostileFile("raw.avi", avi(width: 2_147_483_647, height: 2_147_483_647, codec: "\0\0\0\0")),
        HostileFile("channels.wav", wave(channels: 65_535, rate: 0xFFFF_FFFF)),
        HostileFile("no-rate.wav", wave(channels: 0, rate: 0)),
        HostileFile(
            "unknown-sizes.mkv",
            ebml,
            (0..<400).flatMap { _ in Bytes.joined([0x18, 0x53, 0x80, 0x67, 1], ones) }
        ),
        HostileFile("attachment.mkv", ebml, [0x19, 0x41, 0xA4, 0x69, 0x08], ones, ones),
        HostileFile(
            "pages.ogg",
            (0..<500).flatMap { _ in Bytes.joined(Bytes.text("OggS\0\u{2}"), ones, ones, [255], ones) }
        ),
        HostileFile("picture.flac", Bytes.text("fLaC"), [6, 0xFF, 0xFF, 0xFF], ones, ones),
        HostileFile("blocks.flac", Bytes.text("fLaC"), Bytes.times(2000, 1, 0, 0, 0)),
        HostileFile("tag.mp3", Bytes.text("ID3\u{4}\0\0\u{7F}\u{7F}\u{7F}\u{7F}"), ones),
        HostileFile("sync.ts", (0..<900).flatMap { _ in Bytes.joined([0x47], Bytes.times(187, 0xFF)) }),
        HostileFile(
            "tags.flv",
            Bytes.text("FLV\u{1}\u{5}\0\0\0\u{9}"),
            (0..<99).flatMap { _ in Bytes.joined([0, 0, 0, 0, 18], ones) }
        ),
        HostileFile(
            "header.wmv",
            [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0, 0xAA, 0],
            ones,
            ones
        ),
    ]

    private static let ones = Bytes.times(8, 0xFF)
    private static let ftyp = Bytes.box("ftyp", Bytes.text("isom\0\0\0\0isom"))
    private static let ebml: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3, 0x84, 0x42, 0x86, 0x81, 0x01]

    /// A table of four milliards of samples.
    private static let samples = Bytes.box(
        "mdia",
        Bytes.box("minf", Bytes.box("stbl", Bytes.box("stsz", [0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])))
    )

    /// ID3v2.3 with one frame, and a moment of MP3.
    private static func tag(_ name: String, _ parts: [UInt8]...) -> [UInt8] {
        let content = Array(parts.joined())
        let frame = Bytes.joined(Bytes.text(name), Bytes.big(content.count), [0, 0], content)
        let length = [UInt8(frame.count >> 7 & 0x7F), UInt8(frame.count & 0x7F)]
        return Bytes.joined(Bytes.text("ID3\u{3}\0\0\0\0"), length, frame, (0..<20).flatMap { _ in mp3 })
    }

    /// A frame of 32 kbit/s at 44100 Hz without sound.
    private static let mp3: [UInt8] = Bytes.joined([0xFF, 0xFB, 0x10, 0xC0], Bytes.times(100, 0))

    private static func avi(width: Int, height: Int, codec: String) -> [UInt8] {
        let format = Bytes.joined(
            Bytes.little(40),
            Bytes.little(width),
            Bytes.little(height),
            [1, 0, 24, 0],
            Bytes.text(codec)
        )
        return avi(kind: "vids", Bytes.joined(format, Bytes.times(20, 0)), packet: ("00dc", frame))
    }

    private static let frame: [UInt8] = [0xFF, 0xD8, 0xFF, 0xD9]

    /// A subtitle track that is a file of its own, which older programs opened as whatever it looked like.
    private static func subtitles(_ playlist: [UInt8]) -> [UInt8] {
        let head = Bytes.joined(Bytes.text("GAB2\0"), [2, 0], Bytes.little(2), Bytes.text("a\0"), [4, 0])
        return avi(kind: "txts", [], packet: ("00tx", Bytes.joined(head, Bytes.little(playlist.count), playlist)))
    }

    private static func avi(kind: String, _ format: [UInt8], packet: (String, [UInt8])) -> [UInt8] {
        let main = Bytes.joined(Bytes.little(40_000), Bytes.times(20, 0), Bytes.little(1), Bytes.times(28, 0))
        let stream = Bytes.joined(Bytes.text(kind), Bytes.times(16, 0), Bytes.little(1), Bytes.little(25))
        let streams = Bytes.joined(Bytes.chunk("strh", stream, Bytes.times(28, 0)), Bytes.chunk("strf", format))
        let head = Bytes.joined(Bytes.chunk("avih", main), Bytes.chunk("LIST", Bytes.text("strl"), streams))
        let movie = Bytes.joined(Bytes.text("movi"), Bytes.chunk(packet.0, packet.1))
        let content = Bytes.joined(Bytes.chunk("LIST", Bytes.text("hdrl"), head), Bytes.chunk("LIST", movie))
        return Bytes.chunk("RIFF", Bytes.text("AVI "), content)
    }

    private static func wave(channels: Int, rate: Int) -> [UInt8] {
        let format = Bytes.joined(
            [1, 0],
            Bytes.little(channels, 2),
            Bytes.little(rate),
            Bytes.little(rate),
            [4, 0, 16, 0]
        )
        let data = Bytes.joined(Bytes.text("data"), [0xFF, 0xFF, 0xFF, 0xFF], Bytes.times(400, 7))
        return Bytes.joined(
            Bytes.text("RIFF"),
            [0xFF, 0xFF, 0xFF, 0xFF],
            Bytes.text("WAVE"),
            Bytes.chunk("fmt ", format),
            data
        )
    }
}
