package import Core
package import Web

/// One's own overview: what one began, what came last, how much is stored, and what to look after.
package struct DashboardPage: Page {
    let begun: [MediaCard]
    let use: [KindUse]
    let limit: Int64?
    let recent: [MediaCard]
    let notices: [DashboardNotice]

    /// What one type of items takes.
    package struct KindUse: Sendable {
        package let kind: MediaKind
        package let items: Int
        /// Bytes.
        package let size: Int64

        package init(kind: MediaKind, items: Int, size: Int64) {
            self.kind = kind
            self.items = items
            self.size = size
        }
    }

    /// - Parameters:
    ///   - begun: what waits to be watched on.
    ///   - limit: how many bytes the account may store, nil for no limit.
    ///   - recent: what one uploaded last; for those who upload nothing, what is new in the library.
    package init(
        begun: [MediaCard],
        use: [KindUse],
        limit: Int64?,
        recent: [MediaCard],
        notices: [DashboardNotice] = []
    ) {
        self.begun = begun
        self.use = use
        self.limit = limit
        self.recent = recent
        self.notices = notices
    }

    package var title: String { t("Overview") }
    package var section: Section? { .overview }
    package var scripts: [Script] { [.status] }
    package var mainClass: String { "page page-overview" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(heading(in: frame))</h1></div>
        \(notices.map { $0.html(in: frame) })
        <section class="section" aria-labelledby="begun-title">
        <div class="section-head"><h2 id="begun-title">\(t("Continue watching"))</h2></div>
        \(begun.isEmpty ? nothingBegun : MediaGrid(cards: begun).html(in: frame))
        </section>
        \(frame.may(.upload) ? uploads(in: frame) : library(in: frame))
        """
    }

    private var total: Int64 { use.reduce(0) { $0 + $1.size } }

    private func heading(in frame: Frame) -> String {
        let profile = frame.viewer?.profile.flatMap { $0.isDefault ? nil : $0.name }
        return (profile ?? frame.viewer?.name).map { t("Hello, \($0)") } ?? title
    }

    private var nothingBegun: HTML {
        """
        <p class="hint">\(t("What you stop in the middle waits for you here."))\
         <a href="\(Links.library)">\(t("Find something to watch"))</a></p>
        """
    }

    private func uploads(in frame: Frame) -> HTML {
        """
        <section class="section" aria-labelledby="recent-title">
        <div class="section-head"><h2 id="recent-title">\(t("Recent uploads"))</h2>\
        \(recent.isEmpty ? nil : "<a href=\"\(Links.mine)\">\(t("All your items"))</a>" as HTML?)</div>
        \(recent.isEmpty ? empty(in: frame) : MediaGrid(cards: recent).html(in: frame))
        </section>
        <section class="section" aria-labelledby="stored-title">
        <div class="section-head"><h2 id="stored-title">\(t("Storage"))</h2></div>
        \(figures)
        \(total > 0 ? StoragePlot(use: use, limit: limit).html : nothingStored)
        </section>
        """
    }

    private func library(in frame: Frame) -> HTML {
        """
        <section class="section" aria-labelledby="recent-title">
        <div class="section-head"><h2 id="recent-title">\(t("New in the library"))</h2>\
        \(recent.isEmpty ? nil : "<a href=\"\(Links.library)\">\(t("See everything"))</a>" as HTML?)</div>
        \(recent.isEmpty ? LibraryEmpty(filter: .init()).html(in: frame) : MediaGrid(cards: recent).html(in: frame))
        </section>
        """
    }

    private var figures: HTML {
        let items = use.reduce(0) { $0 + $1.items }
        return """
            <dl class="figures">
            \(figure(t("Items"), Language.current.number(items)))
            \(figure(t("Stored"), Language.current.size(bytes: total)))
            \(figure(t("Left"), limit.map { Language.current.size(bytes: max(0, $0 - total)) } ?? t("No limit")))
            </dl>
            """
    }

    private func figure(_ name: String, _ value: String) -> HTML {
        "<div class=\"figure\"><dt>\(name)</dt><dd>\(value)</dd></div>"
    }

    private var nothingStored: HTML {
        "<p class=\"hint\">\(t("Nothing is stored yet. What you upload is shown here by its type."))</p>"
    }

    private func empty(in frame: Frame) -> HTML {
        EmptyState(
            icon: .upload,
            title: t("Nothing uploaded yet"),
            text: t("Drop a video, a song, a photo or a document, and it is ready to watch, hear or read in a moment."),
            action: (t("Upload something"), Links.upload)
        ).html(in: frame)
    }
}
