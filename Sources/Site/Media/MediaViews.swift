import Core
import Web

/// From the domain's values to what pages show.
extension MediaCard {
    /// - Parameter owner: whose it is, in lists of several people's items.
    /// - Parameter watched: how far one is in it.
    init(_ item: LibraryItem, owner: String? = nil, watched: Duration? = nil) {
        self.init(
            id: item.publicID,
            title: item.title,
            kind: item.kind,
            length: item.duration,
            quality: item.kind == .video ? item.height.map { "\($0)p" } : nil,
            visibility: item.visibility,
            state: MediaState(item.status, progress: nil, message: nil),
            uploaded: item.createdAt,
            thumbnail: item.thumbnailTag.map { Links.mediaThumbnail(item.publicID, tag: $0) },
            owner: owner,
            watched: watched.flatMap { place in item.duration.map { min(1, place / $0) } }
        )
    }
}

extension MediaState {
    init(_ status: Media.Status, progress: Double?, message: String?) {
        switch status {
        case .processing: self = .processing(progress: progress, message: message.map { t(verbatim: $0) })
        case .ready: self = .ready
        case .failed: self = .failed(reason: t(verbatim: message ?? "It cannot be previewed."))
        }
    }
}

extension MediaDetail {
    /// - Parameters:
    ///   - owner: whose it is, for those who manage it without it being theirs.
    ///   - isCounted: whether what is played counts against a limit of the viewer's account.
    ///   - memory: how far who asks is, if anybody keeps that.
    init(
        _ details: MediaDetails,
        status: MediaStatus?,
        owner: String?,
        isCounted: Bool,
        baseURL: String,
        memory: Memory?
    ) {
        let media = details.media
        let link = Links.media(media.publicID)
        self.init(
            id: media.publicID,
            title: media.title,
            description: media.description,
            kind: media.kind,
            visibility: media.visibility,
            ageRating: media.ageRating,
            state: MediaState(media.status, progress: status?.progress, message: status?.message ?? media.problem),
            viewing: Viewing(details),
            uploaded: media.createdAt,
            owner: owner,
            file: File(
                name: details.file.filename,
                contentType: details.file.contentType,
                size: details.file.size,
                length: media.duration,
                width: media.width,
                height: media.height
            ),
            mayEdit: details.mayManage,
            mayDownload: details.mayDownload,
            isCounted: isCounted,
            address: baseURL + link.url,
            memory: memory
        )
    }
}

extension MediaDetail.Viewing {
    init(_ details: MediaDetails) {
        let id = details.media.publicID
        let assets = details.assets
        switch details.media.kind {
        case .video where details.isTooFine:
            self = .tooFine(
                lines: PictureLines.of(details.media.width, details.media.height) ?? 0,
                best: details.bestHeight ?? 0
            )
        case .video where !details.prefersFile:
            self = .stream(
                Links.mediaStream(id),
                file: assets.contains(.playback) ? Links.mediaPlay(id) : nil,
                poster: assets.contains(.poster) ? Links.mediaPoster(id) : nil,
                isWhole: details.film?.isWhole ?? false
            )
        case .video:
            guard assets.contains(.playback) else { self = .nothing; return }
            let type = details.rendition(.playback)?.contentType ?? details.file.contentType
            self = .play(
                Links.mediaPlay(id),
                contentType: type,
                poster: assets.contains(.poster) ? Links.mediaPoster(id) : nil
            )
        case .audio:
            guard assets.contains(.playback) else { self = .nothing; return }
            let type = details.rendition(.playback)?.contentType ?? details.file.contentType
            let cover = assets.contains(.poster) ? Links.mediaPoster(id) : nil
            self = .play(
                Links.mediaPlay(id),
                contentType: type,
                poster: cover ?? (assets.contains(.thumbnail) ? Links.mediaThumbnail(id) : nil)
            )
        case .image: self = assets.contains(.display) ? .image(Links.mediaDisplay(id)) : .nothing
        case .document:
            guard assets.contains(.display) else { self = .nothing; return }
            let thumbnail = assets.contains(.thumbnail) ? Links.mediaThumbnail(id) : nil
            self = .pdf(Links.mediaFile(id), firstPage: assets.contains(.poster) ? Links.mediaPoster(id) : thumbnail)
        }
    }
}
