/// The containers that ffmpeg may open, told apart by their first bytes. ffmpeg is given the one demuxer by name and
/// never guesses: playlists, concat scripts and other files that name further files are in no entry here.
package enum Container: String, Sendable, Hashable, CaseIterable {
    case mp4, quickTime, webm, matroska, avi, flv, asf, mpegTS, mpegPS, ogg
    case mp3, aac, flac, wav, aiff, caf, amr, ac3, wavPack

    /// ffmpeg's name of the demuxer.
    var demuxer: String {
        switch self {
        case .mp4, .quickTime: "mov"
        case .webm, .matroska: "matroska"
        case .avi: "avi"
        case .flv: "flv"
        case .asf: "asf"
        case .mpegTS: "mpegts"
        case .mpegPS: "mpeg"
        case .ogg: "ogg"
        case .mp3: "mp3"
        case .aac: "aac"
        case .flac: "flac"
        case .wav: "wav"
        case .aiff: "aiff"
        case .caf: "caf"
        case .amr: "amr"
        case .ac3: "ac3"
        case .wavPack: "wv"
        }
    }

    /// How many bytes `sniff` wants to see.
    package static let prefix = 64 * 1024

    /// The container of a file that begins with `head`, or nil when it is none of them.
    package static func sniff(_ head: [UInt8]) -> Container? {
        let head = Head(head)
        if let container = head.isoBaseMedia ?? head.ebml ?? head.chunked { return container }
        for (text, container) in signatures where head.has(text, at: 0) { return container }
        if head.has([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], at: 0) { return .asf }
        if head.has([0, 0, 1, 0xBA], at: 0) { return .mpegPS }
        if head.isTransportStream { return .mpegTS }
        return head.audioFrames
    }

    private static let signatures: [(String, Container)] = [
        ("FLV\u{1}", .flv), ("OggS", .ogg), ("fLaC", .flac), ("caff", .caf), ("#!AMR", .amr), ("wvpk", .wavPack),
    ]
}

/// The first bytes of a file and the questions that tell containers apart.
private struct Head {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func has(_ text: String, at offset: Int) -> Bool { has(Array(text.utf8), at: offset) }

    func has(_ signature: [UInt8], at offset: Int) -> Bool {
        bytes.count >= offset + signature.count && bytes[offset..<offset + signature.count].elementsEqual(signature)
    }

    /// ISO 14496-12: a box's length, then its type. QuickTime files may begin with any of these boxes.
    var isoBaseMedia: Container? {
        if has("ftyp", at: 4) { return has("qt  ", at: 8) ? .quickTime : .mp4 }
        let old = ["moov", "mdat", "wide", "free", "skip", "pnot"]
        return old.contains { has($0, at: 4) } ? .quickTime : nil
    }

    /// RFC 8794: the document type, element 0x4282, says whether this Matroska is WebM.
    var ebml: Container? {
        guard has([0x1A, 0x45, 0xDF, 0xA3], at: 0) else { return nil }
        let header = bytes.prefix(128)
        for index in header.indices.dropLast(7) where has([0x42, 0x82, 0x84], at: index) {
            return has("webm", at: index + 3) ? .webm : .matroska
        }
        return .matroska
    }

    /// RIFF and IFF: a file of chunks with its kind at byte 8.
    var chunked: Container? {
        if has("RIFF", at: 0) || has("RF64", at: 0) {
            if has("AVI ", at: 8) { return .avi }
            return has("WAVE", at: 8) ? .wav : nil
        }
        guard has("FORM", at: 0) else { return nil }
        return has("AIFF", at: 8) || has("AIFC", at: 8) ? .aiff : nil
    }

    /// Packets of 188 bytes that begin with 0x47; on Blu-ray four bytes stand before each.
    var isTransportStream: Bool {
        [(0, 188), (4, 192)].contains { start, length in
            (0..<3).allSatisfy { has([0x47], at: start + $0 * length) }
        }
    }

    /// Frames that begin with a sync word, after an ID3 tag or not.
    var audioFrames: Container? {
        var start = 0
        if has("ID3", at: 0), bytes.count >= 10 {
            // The length has seven bits a byte. ID3 stands before MP3 unless something else can be seen behind it.
            start = 10 + bytes[6..<10].reduce(0) { $0 << 7 | Int($1 & 0x7F) }
            if has("fLaC", at: start) { return .flac }
            guard bytes.count > start + 1 else { return .mp3 }
        }
        guard bytes.count > start + 1 else { return nil }
        if has([0x0B, 0x77], at: start) { return .ac3 }
        guard bytes[start] == 0xFF, bytes[start + 1] & 0xE0 == 0xE0 else { return start > 0 ? .mp3 : nil }
        // Layer bits of 00 mean ADTS; 01 is layer III.
        let layer = bytes[start + 1] >> 1 & 3
        if bytes[start + 1] & 0xF0 == 0xF0, layer == 0 { return .aac }
        return layer == 0 ? nil : .mp3
    }
}
