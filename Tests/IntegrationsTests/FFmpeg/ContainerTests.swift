import Foundation
import Testing

@testable import Integrations

@Suite("Containers")
struct ContainerTests {
    @Test(
        "Every kind of video is known by its first bytes",
        arguments: [
            (Samples.Video.mp4, Container.mp4), (.quickTime, .quickTime), (.matroska, .matroska), (.webm, .webm),
            (.avi, .avi), (.transportStream, .mpegTS), (.programStream, .mpegPS), (.flash, .flv), (.windows, .asf),
        ]
    )
    func video(_ sample: Samples.Video, _ expected: Container) async throws {
        let path = try await Samples.shared.path(sample)
        #expect(Container.sniff(try FileHead.read(path, count: Container.prefix)) == expected)
    }

    @Test(
        "Every kind of audio is known by its first bytes",
        arguments: [
            (Samples.Audio.mp3, Container.mp3), (.mp3WithCover, .mp3), (.m4a, .mp4), (.aac, .aac), (.vorbis, .ogg),
            (.opus, .ogg), (.flac, .flac), (.wav, .wav), (.aiff, .aiff), (.ac3, .ac3), (.wma, .asf),
        ]
    )
    func audio(_ sample: Samples.Audio, _ expected: Container) async throws {
        let path = try await Samples.shared.path(sample)
        #expect(Container.sniff(try FileHead.read(path, count: Container.prefix)) == expected)
    }

    @Test(
        "Files that name other files, and everything else, are no container",
        arguments: [
            "", "#EXTM3U\n#EXT-X-VERSION:3\n", "ffconcat version 1.0\nfile '/etc/passwd'\n",
            "<?xml version=\"1.0\"?><MPD></MPD>", "[playlist]\nFile1=http://a/b\n",
            "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n",
            "GIF89a", "%PDF-1.7", "RIFF0000WEBP", "FORM0000ILBM", "\u{0}\u{0}\u{0}", "PK\u{3}\u{4}",
        ]
    )
    func unknown(_ text: String) {
        #expect(Container.sniff(Array(text.utf8)) == nil)
    }

    @Test("Random bytes never crash it")
    func random() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<2000 {
            var bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in random.next() as UInt8 }
            if Bool.random(using: &random) { bytes = Array("ID3".utf8) + bytes }
            _ = Container.sniff(bytes)
        }
    }
}
