import Core
package import Web

/// One item: to watch, to hear, to read, and what is known about it.
package struct MediaShow: Page {
    let media: MediaDetail

    package init(media: MediaDetail) {
        self.media = media
    }

    package var title: String { media.title }
    package var section: Section? {
        guard media.mayEdit else { return .library }
        return media.owner == nil ? .mine : .managed
    }
    package var scripts: [Script] {
        if media.state.isProcessing { return [.status, .copy] }
        return media.isReadable ? [.reader, .copy] : [.player, .copy]
    }
    package var mainClass: String { "page page-item" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="item">
        <div>
        \(MediaStage(media: media).html(in: frame))
        <div class="item-head">
        <h1>\(media.title)</h1>
        <div class="item-line">\(badge(in: frame))\
        <span>\(HTML.time(media.uploaded, now: frame.now))</span>\
        \(media.owner.map { "<span>\(t("by \($0)"))</span>" } as HTML?)</div>
        <div class="item-actions">\(open(in: frame))\(download(in: frame))\(ownerActions(in: frame))\(address(in: frame))</div>
        </div>
        \(media.description.isEmpty ? nil : "<p class=\"item-text\">\(media.description)</p>" as HTML?)
        </div>
        <div class="item-side">
        \(share(in: frame))
        \(MediaFacts(media: media).html(in: frame))
        </div>
        </div>
        \(media.mayEdit ? MediaDeleteDialog(id: media.id, title: media.title).html(in: frame) : nil)
        """
    }

    private func badge(in frame: Frame) -> HTML {
        """
        <span class="badge" title="\(media.visibility.explanation)">\(frame.icon(media.visibility.icon))\
        \(media.visibility.name)</span>\
        \(media.ageRating.map { "<span class=\"badge\">\($0.name)</span>" } as HTML?)
        """
    }

    private func open(in frame: Frame) -> HTML? {
        guard media.isReadable else { return nil }
        return """
            <a class="button button-primary item-open" href="\(Links.mediaFile(media.id))">\(frame.icon(.document))\(t("Open"))</a>
            """
    }

    private func download(in frame: Frame) -> HTML? {
        guard media.mayDownload else { return nil }
        return """
            <a class="button" href="\(Links.mediaDownload(media.id))">\(frame.icon(.download))\(t("Download"))</a>
            """
    }

    /// For players that know no cookies. Script shows it, as only script can ask for one.
    private func address(in frame: Frame) -> HTML? {
        guard media.isPlayable, frame.viewer != nil else { return nil }
        return """
            <media-address data-address="\(Links.apiAddress(media.id))" \
            data-done="\(t("Address copied. It works for six hours, and no longer than you stay logged in."))" \
            data-failed="\(t("No address could be made. Please try again."))">\
            <button class="button" type="button" hidden>\(frame.icon(.link))\(t("Copy address for another player"))</button>\
            <input type="text" readonly hidden aria-label="\(t("Address for another player"))"></media-address>
            """
    }

    private func ownerActions(in frame: Frame) -> HTML? {
        guard media.mayEdit else { return nil }
        return """
            <a class="button" href="\(Links.mediaEdit(media.id))">\(frame.icon(.edit))\(t("Edit"))</a>\
            <a class="button" href="\(Links.mediaDelete(media.id))" data-dialog="delete-dialog">\(frame.icon(.trash))\
            \(t("Delete"))</a>
            """
    }

    private var whoSeesIt: String {
        guard let owner = media.owner else {
            return t("Only you can see this. Make it unlisted or public to share it.")
        }
        return t("Only \(owner) and those who manage this account can see it.")
    }

    private func share(in frame: Frame) -> HTML? {
        guard media.mayEdit || media.visibility != .private else { return nil }
        guard media.visibility != .private else {
            return Notice(.info, "<p>\(whoSeesIt)</p>").html(in: frame)
        }
        return """
            <section class="panel" aria-labelledby="share-title">
            <h2 id="share-title">\(t("Share"))</h2>
            <copy-field class="copy" data-done="\(t("Link copied"))">\
            <input type="text" value="\(media.address)" readonly aria-label="\(t("Link to this item"))">\
            <button class="button" type="button" hidden>\(frame.icon(.copy))\(t("Copy"))</button></copy-field>
            <p class="panel-help">\(media.visibility.explanation)</p>
            </section>
            """
    }
}
