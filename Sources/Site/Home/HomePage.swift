package import Web

/// The front page for visitors: what this is, the way in, and what is there to see without an account.
package struct HomePage: Page {
    let cards: [MediaCard]
    let isInvitation: Bool

    /// - Parameters:
    ///   - cards: the newest public items.
    ///   - isInvitation: whether somebody who is here sent the visitor.
    package init(cards: [MediaCard], isInvitation: Bool = false) {
        self.cards = cards
        self.isInvitation = isInvitation
    }

    package var title: String { t("Watch, hear, read and share") }

    package var mainClass: String { "page page-home" }

    package func main(in frame: Frame) -> HTML {
        """
        <section class="hero">
        <div>
        \(isInvitation ? "<p class=\"hero-greeting\">\(t("Somebody invited you"))</p>" as HTML? : nil)
        <h1>\(isInvitation ? t("A place for what you film, like theirs.") : t("Everything you filmed, ready to watch."))</h1>
        <p class="hero-lead">\(t("Put your videos, music, photos and documents in one place. They are made ready for every screen, and you decide who sees them."))</p>
        <div class="form-actions"><a class="button button-primary button-large" href="\(Links.register)">\(t("Create an account"))</a>\
        <a class="button button-large" href="\(Links.library)">\(t("Look around"))</a></div>
        </div>
        \(HeroArt().html)
        </section>
        <section class="offers" aria-label="\(t("What you get"))">
        \(offer(.retry, t("Uploads that do not break"), t("A lost connection costs nothing: the upload goes on where it stopped."), in: frame))
        \(offer(.screen, t("Plays everywhere"), t("Old formats are converted, and seeking works from the first second."), in: frame))
        \(offer(.lock, t("Yours to decide"), t("Private, for those with the link, or public. You can change it at any time."), in: frame))
        </section>
        \(cards.isEmpty ? nil : publicItems(in: frame))
        """
    }

    private func offer(_ icon: Icon, _ title: String, _ text: String, in frame: Frame) -> HTML {
        "<div class=\"offer\">\(frame.icon(icon))<h2>\(title)</h2><p>\(text)</p></div>"
    }

    private func publicItems(in frame: Frame) -> HTML {
        """
        <section class="section" aria-labelledby="public-title">
        <div class="section-head"><h2 id="public-title">\(t("New in the library"))</h2>\
        <a href="\(Links.library)">\(t("See everything"))</a></div>
        \(MediaGrid(cards: cards).html(in: frame))
        </section>
        """
    }
}
