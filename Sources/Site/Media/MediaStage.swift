import Core
import Web

/// The item itself: a player, a picture, a document, or why there is none.
struct MediaStage: Sendable {
    let media: MediaDetail

    func html(in frame: Frame) -> HTML {
        switch media.state {
        case .processing(let progress, let message): processing(progress, message, in: frame)
        case .failed(let reason): failed(reason, in: frame)
        case .ready: ready(in: frame)
        }
    }

    private func ready(in frame: Frame) -> HTML {
        switch media.viewing {
        case .play(let source, let contentType, let poster):
            "\(media.kind == .audio ? audio(source, contentType, poster) : video(source, contentType, poster))\(limit(in: frame))"
        case .stream(let playlist, let file, let poster, let isWhole):
            "\(film(playlist, file, poster, isWhole))\(limit(in: frame))"
        case .tooFine(let lines, let best):
            blank(
                in: frame,
                icon: media.kind.icon,
                title: t("This film is too fine for your account"),
                text: t("It is there in \(String(lines)) lines, and your account plays up to \(String(best))."),
                more: media.mayEdit
                    ? t("A smaller version is made where that is possible. Look again in a while.") : nil
            )
        case .image(let source):
            """
            <div class="stage stage-image"><a href="\(Links.mediaFile(media.id))">\
            <img src="\(source)" alt="\(media.title)"\(dimensions)></a></div>
            """
        case .pdf(let source, let firstPage): pdf(source, firstPage, in: frame)
        case .nothing:
            blank(
                in: frame,
                icon: media.kind.icon,
                title: t("No preview for this type"),
                text: t("The browser cannot show it. The original can be downloaded.")
            )
        }
    }

    private func video(_ source: Link, _ contentType: String, _ poster: Link?) -> HTML {
        let still: HTML? = poster.map { " poster=\"\($0)\"" }
        return """
            <media-player class="stage stage-video"\(claim)\(memory)><video controls playsinline preload="\(preload)"\(still)\
             aria-label="\(media.title)"><source src="\(source)" type="\(contentType)">\
            \(t("This browser cannot play video."))</video></media-player>
            """
    }

    /// Browsers that play HLS themselves take the playlist, others the file; script takes over where it can.
    private func film(_ playlist: Link, _ file: Link?, _ poster: Link?, _ isWhole: Bool) -> HTML {
        let still: HTML? = poster.map { " poster=\"\($0)\"" }
        let whole: HTML? = file.map { "<source src=\"\($0)\" type=\"video/mp4\">" }
        let note: HTML? =
            isWhole ? nil : "<p>\(t("The rest is still being prepared. What is ready can be watched."))</p>"
        return """
            <media-player class="stage stage-video"\(claim)\(memory) data-stream="\(playlist)" \
            data-origin="\(FilmPlaylist.origin)"><video controls playsinline preload="\(preload)"\(still) aria-label="\(media.title)">\
            <source src="\(playlist)" type="\(FilmPlaylist.contentType)">\(whole)\
            \(t("This browser cannot play video."))</video></media-player>\
            <div class="player-bar" hidden>\(note)<label for="quality">\(t("Quality"))</label>\
            <select id="quality"><option value="">\(t("Automatic"))</option></select></div>
            """
    }

    /// Where the player goes on, in seconds, and where it tells how far it is.
    private var memory: HTML? {
        media.memory.map { memory in
            let seconds = memory.place.map { "\($0 / .seconds(1))" }
            return " data-keep=\"\(memory.link)\"\(HTML.attribute("data-place", seconds))"
        }
    }

    /// Where script claims the stream, for those who have a limit of them.
    private var claim: HTML? { media.isCounted ? " data-claim=\"\(Links.apiStream(media.id))\"" : nil }

    /// What is fetched counts: nobody with a limit loses a stream by looking at a page.
    private var preload: String { media.isCounted ? "none" : "metadata" }

    private func limit(in frame: Frame) -> HTML? { media.isCounted ? StreamNotice().html(in: frame) : nil }

    private func audio(_ source: Link, _ contentType: String, _ cover: Link?) -> HTML {
        let picture: HTML? = cover.map { "<img src=\"\($0)\" alt=\"\" width=\"300\" height=\"300\">" }
        return """
            <media-player class="stage stage-audio"\(claim)\(memory)>\(picture)<audio controls preload="\(preload)" \
            aria-label="\(media.title)"><source src="\(source)" type="\(contentType)">\
            \(t("This browser cannot play audio."))</audio></media-player>
            """
    }

    /// The first page, which opens the document. Where the browser has a viewer of its own, script opens it here; phones
    /// have none. The document itself is not fetched before somebody wants to read it.
    private func pdf(_ source: Link, _ firstPage: Link?, in frame: Frame) -> HTML {
        let picture: HTML =
            firstPage.map { "<img src=\"\($0)\" alt=\"\">" } ?? frame.icon(media.kind.icon)
        return """
            <document-reader class="stage stage-document" data-title="\(media.title)">\
            <a class="stage-page" href="\(source)">\(picture)<span class="button">\(frame.icon(.document))\(t("Read"))</span></a>\
            </document-reader>
            """
    }

    private func processing(_ progress: Double?, _ message: String?, in frame: Frame) -> HTML {
        let bar = ProgressBar(share: progress, label: t("Processing")).html
        return """
            <live-status class="stage stage-blank" data-src="\(Links.mediaEvents([media.id]))" data-reload>\
            <div data-media="\(media.id)"><svg class="icon" aria-hidden="true">\
            <use href="\(frame.assets.sprite(media.kind.icon))"/></svg>
            <h2>\(t("Getting it ready"))</h2>
            <div data-status>\(bar)<p data-status-text aria-live="polite">\(message ?? t("Processing"))</p></div>
            <p>\(t("You can leave this page. The item appears in the library when it is done."))</p>
            <noscript><p>\(t("Load the page again to see how far it is."))</p></noscript></div></live-status>
            """
    }

    private func failed(_ reason: String, in frame: Frame) -> HTML {
        let retry = HTML.form(
            Links.mediaRetry(media.id),
            "<button class=\"button button-primary\" type=\"submit\">\(frame.icon(.retry))\(t("Try again"))</button>"
        )
        return blank(
            in: frame,
            icon: .alert,
            title: t("This could not be made ready"),
            text: reason,
            more: t("The original is safe."),
            extra: media.mayEdit ? retry : nil
        )
    }

    private func blank(
        in frame: Frame,
        icon: Icon,
        title: String,
        text: String,
        more: String? = nil,
        extra: HTML? = nil
    ) -> HTML {
        let kept: HTML? = more.map { "<p>\($0)</p>" }
        let buttons: HTML? = extra.map { "<div class=\"form-actions\">\($0)</div>" }
        return """
            <div class="stage stage-blank"><div>\(frame.icon(icon))<h2>\(title)</h2><p>\(text)</p>\(kept)\(buttons)</div></div>
            """
    }

    private var dimensions: HTML? {
        guard let width = media.file.width, let height = media.file.height else { return nil }
        return " width=\"\(width)\" height=\"\(height)\""
    }
}
