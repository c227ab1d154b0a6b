import Core

/// Playlists of HTTP Live Streaming (RFC 8216). All addresses in them are relative to their own.
enum FilmPlaylist {
    /// Seconds in the segments before the film begins.
    static let origin = Int(FilmRung.origin)
    static let contentType = "application/vnd.apple.mpegurl"

    /// Which qualities there are; the first is the one to begin with.
    /// - Parameter folder: where the playlists of the qualities are.
    static func master(_ rungs: [FilmRung], folder: String) -> String {
        var lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
        for rung in rungs {
            lines.append(
                "#EXT-X-STREAM-INF:BANDWIDTH=\(rung.peakRate),AVERAGE-BANDWIDTH=\(rung.averageRate),"
                    + "RESOLUTION=\(rung.width)x\(rung.height),CODECS=\"\(rung.codecs)\""
            )
            lines.append("\(folder)\(rung.tag)/\(index)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The segments of one quality. It grows while the film is being encoded, and says when it has ended.
    static func media(_ rung: FilmRung) -> String {
        let longest = rung.segments.map { $0.duration / .seconds(1) }.max() ?? 1
        var lines = [
            "#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS",
            "#EXT-X-TARGETDURATION:\(max(1, Int(longest.rounded())))", "#EXT-X-MEDIA-SEQUENCE:0",
            "#EXT-X-PLAYLIST-TYPE:\(rung.isWhole ? "VOD" : "EVENT")", "#EXT-X-MAP:URI=\"\(header)\"",
        ]
        for segment in rung.segments {
            lines.append("#EXTINF:\(segment.duration / .seconds(1)),")
            lines.append("\(segment.number)\(segmentEnding)")
        }
        if rung.isWhole { lines.append("#EXT-X-ENDLIST") }
        return lines.joined(separator: "\n") + "\n"
    }

    static let index = "index.m3u8"
    static let header = "header.mp4"
    static let segmentEnding = ".m4s"
}
