import Foundation

/// ffprobe's JSON. Most numbers in it are texts.
struct ProbeReport: Decodable {
    let format: Format
    let streams: [Stream]?

    struct Format: Decodable {
        let duration: String?
        let bit_rate: String?
        let tags: [String: String]?
    }

    struct Stream: Decodable {
        let index: Int
        let codec_type: String?
        let codec_name: String?
        let profile: String?
        let pix_fmt: String?
        let field_order: String?
        let color_transfer: String?
        let width: Int?
        let height: Int?
        let sample_aspect_ratio: String?
        let avg_frame_rate: String?
        let sample_rate: String?
        let channels: Int?
        let bit_rate: String?
        let duration: String?
        let disposition: [String: Int]?
        let tags: [String: String]?
        let side_data_list: [SideData]?
    }

    struct SideData: Decodable {
        /// Degrees against the clock.
        let rotation: Double?
    }
}

extension MediaProbe {
    /// - Throws: `DecoderFailure.unusableResult` when `json` is no report.
    init(_ json: [UInt8], container: Container) throws(DecoderFailure) {
        let report: ProbeReport
        do {
            report = try JSONDecoder().decode(ProbeReport.self, from: Data(json))
        } catch {
            throw .unusableResult(.ffprobe, reason: "its report cannot be read.")
        }
        self.container = container
        let streams = report.streams ?? []
        duration =
            Self.seconds(report.format.duration)
            ?? streams.compactMap { Self.seconds($0.duration) }.max()
        bitRate = report.format.bit_rate.flatMap { Int64($0) }
        tags = Self.tidied(report.format.tags)
        self.streams = streams.compactMap(Stream.init)
    }

    private static func seconds(_ text: String?) -> Double? {
        guard let text, let value = Double(text), value > 0, value < 10_000_000 else { return nil }
        return value
    }

    /// Names in lower case, as every container writes them differently; nothing that is empty or endless, and nothing
    /// that says where a film was taken.
    private static func tidied(_ tags: [String: String]?) -> [String: String] {
        var tidied: [String: String] = [:]
        for (name, value) in tags ?? [:] {
            let name = name.lowercased()
            guard !value.isEmpty, value.utf8.count <= 4096, !name.contains("location"), !name.contains("gps") else {
                continue
            }
            tidied[name] = value
        }
        return tidied
    }
}

extension MediaProbe.Stream {
    /// Nil for kinds that no player knows.
    init?(_ stream: ProbeReport.Stream) {
        guard let kind = stream.codec_type.flatMap(Kind.init) else { return nil }
        index = stream.index
        self.kind = kind
        codec = stream.codec_name ?? "unknown"
        profile = stream.profile
        pixelFormat = stream.pix_fmt
        width = stream.width
        height = stream.height
        let aspect = Self.quotient(stream.sample_aspect_ratio, separator: ":") ?? 1
        pixelAspect = (0.1...10).contains(aspect) ? aspect : 1
        rotation = Self.clockwise(stream.side_data_list?.compactMap(\.rotation).first ?? 0)
        isInterlaced = ["tt", "bb", "tb", "bt"].contains(stream.field_order)
        highDynamicRange = stream.color_transfer.flatMap(HighDynamicRange.init)
        frameRate = Self.quotient(stream.avg_frame_rate, separator: "/")
        sampleRate = stream.sample_rate.flatMap { Int($0) }
        channels = stream.channels
        bitRate = stream.bit_rate.flatMap { Int64($0) }
        language = stream.tags?["language"].flatMap { $0 == "und" ? nil : $0 }
        title = stream.tags?["title"]
        isDefault = stream.disposition?["default"] == 1
        isAttachedPicture = stream.disposition?["attached_pic"] == 1
    }

    private static func quotient(_ text: String?, separator: Character) -> Double? {
        let parts = (text ?? "").split(separator: separator).compactMap { Double($0) }
        guard parts.count == 2, parts[0] > 0, parts[1] > 0 else { return nil }
        return parts[0] / parts[1]
    }

    private static func clockwise(_ degreesAgainst: Double) -> Int {
        guard degreesAgainst.isFinite, abs(degreesAgainst) <= 360 else { return 0 }
        let quarter = (Int((-degreesAgainst / 90).rounded()) % 4 + 4) % 4
        return quarter * 90
    }
}
