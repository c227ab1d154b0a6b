package import Core
package import Web

/// An item in a list.
package struct MediaCard: Sendable {
    /// The public id.
    package let id: String
    package let title: String
    package let kind: MediaKind
    package let length: Duration?
    /// "1080p", "4K"; shown on hover.
    package let quality: String?
    package let visibility: Media.Visibility
    package let state: MediaState
    package let uploaded: Timestamp
    package let thumbnail: Link?
    /// Whose it is, in lists of several people's items.
    package let owner: String?
    /// How far one is in it, from 0 to 1; nil where that is not shown.
    package let watched: Double?

    package init(
        id: String,
        title: String,
        kind: MediaKind,
        length: Duration? = nil,
        quality: String? = nil,
        visibility: Media.Visibility,
        state: MediaState,
        uploaded: Timestamp,
        thumbnail: Link?,
        owner: String? = nil,
        watched: Double? = nil
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.length = length
        self.quality = quality
        self.visibility = visibility
        self.state = state
        self.uploaded = uploaded
        self.thumbnail = thumbnail
        self.owner = owner
        self.watched = watched
    }

    func html(in frame: Frame) -> HTML {
        """
        <li class="card card-\(kind.rawValue)" data-media="\(id)">
        <a class="card-link" href="\(Links.media(id))">
        <span class="frame">\(picture(in: frame))\(corners(in: frame))\(status(in: frame))\(bar)</span>
        <span class="card-title" title="\(title)">\(title)</span>
        </a>
        <span class="card-meta">\(owner ?? kind.name) · \(HTML.time(uploaded, now: frame.now))</span>
        </li>

        """
    }

    private func picture(in frame: Frame) -> HTML {
        MediaPicture(kind: kind, thumbnail: thumbnail).html(in: frame)
    }

    private func corners(in frame: Frame) -> HTML {
        var corners = HTML.empty
        if visibility != .public {
            let name = visibility.name
            corners += """
                <span class="card-corner card-lock" title="\(name)">\(frame.icon(visibility.icon))\
                <span class="visually-hidden">\(name)</span></span>
                """
        }
        guard case .ready = state else { return corners }
        if let quality { corners += "<span class=\"card-corner card-quality\">\(quality)</span>" }
        if let length { corners += "<span class=\"card-corner card-length\">\(Language.current.length(length))</span>" }
        return corners
    }

    private var bar: HTML? {
        watched.map { share in
            let percent = Int((share * 100).rounded())
            let text = t("Watched to \(percent) %")
            return """
                <progress class="card-watched" value="\(percent)" max="100" aria-label="\(text)">\(text)</progress>
                """
        }
    }

    private func status(in frame: Frame) -> HTML {
        switch state {
        case .ready: .empty
        case .processing(let progress, let message):
            """
            <span class="card-status" data-status><span data-status-text>\(message ?? t("Processing"))</span>\
            \(ProgressBar(share: progress, label: t("Processing")).html)</span>
            """
        case .failed:
            """
            <span class="card-status card-failed">\(frame.icon(.alert))<span>\(t("No preview"))</span></span>
            """
        }
    }
}
