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
    /// The tallest picture that who asks may play, in lines; nil for any.
    package let bestHeight: Int?

    /// A film in one quality or more, none finer than who asks may play.
    package struct Film: Sendable, Hashable {
        /// Whether all of it can be watched, in the quality that it begins with.
        package let isWhole: Bool
        /// Of the best quality.
        let lines: Int

        /// Nil when there is no quality.
        init?(_ rows: [Row]) throws {
            guard let first = rows.first else { return nil }
            isWhole = try first["is_whole"]
            lines = try rows.map { try min($0["width"] as Int, $0["height"]) }.max() ?? 0
        }
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
            case .video, .audio: playable
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

extension Scope {
    /// Whether the original is no finer than they may play.
    func mayPlay(_ media: Media) -> Bool {
        guard media.kind == .video, let best = limits.bestHeight else { return true }
        return PictureLines.of(media.width, media.height).map { $0 <= best } ?? true
    }
}

extension MediaDetails {
    /// The original if browsers take it and it is not too fine for who asks, else what was made of it, if that is not.
    private var playable: Source? {
        if file.isWebReady, fits(media.width, media.height) { return .file(file) }
        guard let made = rendition(.playback), fits(made.width, made.height) else { return nil }
        return .rendition(made)
    }

    /// Whether the single file is better than what was encoded: then browsers play the film as it was uploaded, and the
    /// qualities are for those who may not.
    package var prefersFile: Bool {
        guard let film else { return true }
        switch playable {
        case nil: return false
        case .file: return PictureLines.of(media.width, media.height).map { $0 > film.lines } ?? false
        case .rendition(let made): return PictureLines.of(made.width, made.height).map { $0 > film.lines } ?? false
        }
    }

    /// Whether there is something to play, and all of it is finer than who asks may play.
    package var isTooFine: Bool {
        guard media.kind == .video, media.status == .ready, film == nil, source(of: .playback) == nil else {
            return false
        }
        return !fits(media.width, media.height)
    }

    private func fits(_ width: Int?, _ height: Int?) -> Bool {
        PictureLines.of(width, height).map { lines in bestHeight.map { lines <= $0 } ?? true } ?? true
    }
}

/// How fine a picture is, as people call it: the lines of one that lies, the columns of one that stands.
package enum PictureLines {
    package static func of(_ width: Int?, _ height: Int?) -> Int? {
        guard let width, let height else { return nil }
        return min(width, height)
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
