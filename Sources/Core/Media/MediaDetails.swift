import Persistence

/// Everything that an item's page needs.
package struct MediaDetails: Sendable, Hashable {
    package let media: Media
    /// The current original.
    package let file: MediaFile
    package let renditions: [Rendition]
    /// What was encoded of it, if that is anything.
    package let film: Film?
    /// Whether who asks may edit and delete it.
    package let mayManage: Bool
    /// Whether who asks may have the original.
    package let mayDownload: Bool

    /// A film in one quality or more.
    package struct Film: Sendable, Hashable {
        /// Whether all of it can be watched.
        package let isWhole: Bool

        init(_ row: Row) throws { isWhole = try row["is_whole"] }
    }

    package func rendition(_ kind: Rendition.Kind) -> Rendition? {
        renditions.first { $0.kind == kind }
    }

    /// What pages may ask the bytes of; a page links only what is in here.
    package var assets: Set<MediaAsset> {
        Set(
            MediaAsset.allCases.filter { asset in
                switch asset {
                case .original: mayDownload
                case .playback, .display, .thumbnail, .poster: source(of: asset) != nil
                }
            }
        )
    }

    enum Source {
        case file(MediaFile)
        case rendition(Rendition)
    }

    /// Where the bytes of an asset are: the original where browsers take it as it is, else a rendition.
    func source(of asset: MediaAsset) -> Source? {
        switch asset {
        case .original: .file(file)
        case .playback:
            switch media.kind {
            case .video, .audio: file.isWebReady ? .file(file) : rendition(.playback).map(Source.rendition)
            case .image, .document: nil
            }
        case .display:
            switch media.kind {
            case .image, .document: file.isWebReady ? .file(file) : rendition(.display).map(Source.rendition)
            case .video, .audio: nil
            }
        case .thumbnail: rendition(.thumbnail).map(Source.rendition)
        case .poster: rendition(.poster).map(Source.rendition)
        }
    }
}

/// The files of an item by what they are for, so that nobody outside has to know whether that is the original.
package enum MediaAsset: String, Sendable, Hashable, CaseIterable {
    /// As uploaded, to download.
    case original
    /// What a player plays.
    case playback
    /// The image or PDF that a page shows.
    case display
    case thumbnail
    case poster
}
