package import Web

/// Where items, their files and their uploads are.
extension Links {
    package static let library = Link(path: "media")
    package static let mine = Link(path: "media", query: [("mine", "1")])
    /// Everything of those whom one manages.
    package static let managed = Link(path: "media", query: [("managed", "1")])
    package static let upload = Link(path: "media", "upload")
    package static let trash = Link(path: "media", "trash")
    package static let resumableUploads = Link(path: "uploads")
    package static func resumableUpload(_ id: String) -> Link { Link(path: "uploads", id) }

    package static func media(_ id: String) -> Link { Link(path: "media", id) }
    package static func mediaEdit(_ id: String) -> Link { Link(path: "media", id, "edit") }
    package static func mediaDelete(_ id: String) -> Link { Link(path: "media", id, "delete") }
    package static func mediaRestore(_ id: String) -> Link { Link(path: "media", id, "restore") }
    package static func mediaRetry(_ id: String) -> Link { Link(path: "media", id, "retry") }

    /// The original's bytes, shown in the browser where that is safe.
    package static func mediaFile(_ id: String) -> Link { Link(path: "media", id, "file") }
    /// The original's bytes as an attachment.
    package static func mediaDownload(_ id: String) -> Link { Link(path: "media", id, "download") }
    /// What the player plays.
    package static func mediaPlay(_ id: String) -> Link { Link(path: "media", id, "play") }
    /// The playlist of a film that was encoded, in all its qualities.
    package static func mediaStream(_ id: String) -> Link { Link(path: "media", id, "stream") }
    /// A picture or a PDF as a page shows it.
    package static func mediaDisplay(_ id: String) -> Link { Link(path: "media", id, "display") }
    /// A still that stands in for a video, or the cover of a sound.
    package static func mediaPoster(_ id: String) -> Link { Link(path: "media", id, "poster") }
    /// At most 300 × 300 pixels. With its tag the address changes when the picture does, so that it can be kept for ever.
    package static func mediaThumbnail(_ id: String, tag: String? = nil) -> Link {
        Link(path: "media", id, "thumbnail", query: [("v", tag)])
    }

    /// Server-sent events about the processing of these items.
    package static func mediaEvents(_ ids: [String]) -> Link {
        Link(path: "media", "events", query: [("ids", ids.joined(separator: ","))])
    }

    // JSON
    package static let apiMedia = Link(path: "api", "v1", "media")
    package static func apiMedia(_ id: String) -> Link { Link(path: "api", "v1", "media", id) }
    /// Where a player claims, keeps and ends what it plays.
    package static func apiStream(_ id: String) -> Link { Link(path: "api", "v1", "media", id, "stream") }
    package static let apiStreams = Link(path: "api", "v1", "streams")
}
