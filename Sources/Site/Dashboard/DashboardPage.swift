package import Core
package import Web

/// One's own overview: how much is stored, of which types, and what came last.
package struct DashboardPage: Page {
    let use: [KindUse]
    let limit: Int64?
    let recent: [MediaCard]
    let unprovenEmail: String?

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
    ///   - limit: how many bytes the account may store, nil for no limit.
    ///   - unprovenEmail: the address that waits for its link to be opened, if it does.
    package init(use: [KindUse], limit: Int64?, recent: [MediaCard], unprovenEmail: String? = nil) {
        self.use = use
        self.limit = limit
        self.recent = recent
        self.unprovenEmail = unprovenEmail
    }

    package var title: String { t("Overview") }
    package var section: Section? { .overview }
    package var scripts: [Script] { [.status] }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(heading(in: frame))</h1></div>
        \(unprovenEmail.map { notice(about: $0, in: frame) })
        \(figures)
        \(total > 0 ? StoragePlot(use: use).html : nil)
        <section class="section" aria-labelledby="recent-title">
        <div class="section-head"><h2 id="recent-title">\(t("Recent uploads"))</h2>\
        \(recent.isEmpty ? nil : "<a href=\"\(Links.mine)\">\(t("All your items"))</a>" as HTML?)</div>
        \(recent.isEmpty ? empty(in: frame) : MediaGrid(cards: recent).html(in: frame))
        </section>
        """
    }

    private var total: Int64 { use.reduce(0) { $0 + $1.size } }

    private func heading(in frame: Frame) -> String {
        frame.viewer.map { t("Hello, \($0.name)") } ?? title
    }

    private func notice(about email: String, in frame: Frame) -> HTML {
        let text = t("Confirm your e-mail address: open the link in the mail that we sent to \(email).")
        return Notice(
            .warn,
            "<p>\(text) <a href=\"\(Links.resendVerification)\">\(t("Send it again"))</a></p>"
        ).html(in: frame)
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

    private func empty(in frame: Frame) -> HTML {
        EmptyState(
            icon: .upload,
            title: t("Nothing uploaded yet"),
            text: t("Drop a video, a song, a photo or a document, and it is ready to watch, hear or read in a moment."),
            action: frame.may(.upload) ? (t("Upload something"), Links.upload) : (t("Go to the library"), Links.library)
        ).html(in: frame)
    }
}
