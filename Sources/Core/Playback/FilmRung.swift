import Integrations
import Persistence

/// A film in one quality, as far as it is encoded.
package struct FilmRung: Sendable, Hashable {
    let id: ID<FilmRung>
    /// What stands in addresses.
    package let tag: String
    package let position: Int
    package let width: Int
    package let height: Int
    /// As RFC 6381 names them: "avc1.64001f,mp4a.40.2".
    package let codecs: String
    /// `ftyp` and `moov`, which stand before the segments.
    package let header: [UInt8]
    /// Whether all of the film is there; more segments come until then.
    package let isWhole: Bool
    package let segments: [Segment]

    package struct Segment: Sendable, Hashable {
        package let number: Int
        /// Bytes.
        package let size: Int64
        package let duration: Duration
    }

    /// How much of the film is there.
    package var duration: Duration { segments.reduce(.zero) { $0 + $1.duration } }

    /// Bits a second that the dearest segment takes.
    package var peakRate: Int { segments.map(\.rate).max() ?? 0 }

    /// Bits a second over all segments.
    package var averageRate: Int {
        let seconds = duration / .seconds(1)
        return seconds > 0 ? Int(Double(segments.reduce(0) { $0 + $1.size }) * 8 / seconds) : 0
    }

    /// Seconds in the segments before the film begins.
    package static var origin: Double { FilmSegment.origin }

    static let columns: SQL = "r.id, r.tag, r.position, r.width, r.height, r.codecs, r.header, r.is_whole"

    init(_ row: Row, segments: [Segment]) throws {
        id = try row["id"]
        tag = try row["tag"]
        position = try row["position"]
        width = try row["width"]
        height = try row["height"]
        codecs = try row["codecs"]
        header = try row["header"]
        isWhole = try row["is_whole"]
        self.segments = segments
    }
}

extension FilmRung.Segment {
    init(_ row: Row) throws {
        number = try row["number"]
        size = try row["size"]
        duration = .microseconds(try row["duration"] as Int64)
    }

    fileprivate var rate: Int { Int(Double(size) * 8 / (duration / .seconds(1))) }
}
