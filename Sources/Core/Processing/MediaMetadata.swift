import Foundation
import Integrations

/// What a file says about itself, kept as JSON for its page and for programs. What is unknown is left out.
struct MediaMetadata: Sendable, Encodable {
    struct Stream: Sendable, Encodable {
        let kind: String
        let codec: String
        let width: Int?
        let height: Int?
        let frameRate: Double?
        let sampleRate: Int?
        let channels: Int?
        let language: String?
    }

    var container: String?
    /// Seconds.
    var duration: Double?
    var bitRate: Int64?
    var tags: [String: String]?
    var streams: [Stream]?
    var width: Int?
    var height: Int?
    var takenAt: String?
    var camera: String?
    var pages: Int?

    init() {}

    init(_ probe: MediaProbe) {
        container = probe.container.rawValue
        duration = probe.duration
        bitRate = probe.bitRate
        tags = probe.tags.isEmpty ? nil : probe.tags
        streams = probe.streams.map { stream in
            Stream(
                kind: stream.kind.rawValue,
                codec: stream.codec,
                width: stream.width,
                height: stream.height,
                frameRate: stream.frameRate,
                sampleRate: stream.sampleRate,
                channels: stream.channels,
                language: stream.language
            )
        }
    }

    init(_ facts: ImageFacts) {
        width = facts.size.width
        height = facts.size.height
        takenAt = facts.takenAt
        camera = facts.camera
        pages = facts.pages > 1 ? facts.pages : nil
    }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            // PostgreSQL keeps no NUL in text, and JSON would bring it in by the back door when it is parsed there.
            return String(decoding: try encoder.encode(self), as: UTF8.self).replacing("\\u0000", with: "")
        }
    }
}
