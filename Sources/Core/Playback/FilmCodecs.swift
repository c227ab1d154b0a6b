/// What a player has to decode, by the names of RFC 6381.
enum FilmCodecs {
    /// Read from the header of a rung: profile, constraints and level stand in the box `avcC` (ISO 14496-15 §5.3.3.1).
    static func names(in header: [UInt8]) -> String? {
        guard let box = position(of: "avcC", in: header), header.count > box + 7 else { return nil }
        let parts = header[box + 5...box + 7].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let video = "avc1." + parts.joined()
        return position(of: "mp4a", in: header) == nil ? video : video + ",mp4a.40.2"
    }

    private static func position(of type: String, in header: [UInt8]) -> Int? {
        let type = Array(type.utf8)
        guard header.count >= type.count else { return nil }
        return (0...header.count - type.count).first { header[$0..<$0 + type.count].elementsEqual(type) }
    }
}
