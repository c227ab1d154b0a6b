package import Web

/// Asks before an item goes to the trash; the page behind the dialog, for browsers without script.
package struct MediaDelete: Page {
    let id: String
    let itemTitle: String

    package init(id: String, title: String) {
        self.id = id
        itemTitle = title
    }

    package var title: String { t("Delete “\(itemTitle)”?") }
    package var section: Section? { .mine }
    package var mainClass: String { "page page-narrow" }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1></div>
        <p>\(t("It goes to the trash, where it can be restored for 30 days. After that it is gone for good."))</p>
        \(HTML.form(Links.mediaDelete(id), class: "form-actions form-end", buttons))
        """
    }

    private var buttons: HTML {
        """
        <button class="button button-bad" type="submit">\(t("Move to trash"))</button>\
        <a class="button" href="\(Links.media(id))">\(t("Keep it"))</a>
        """
    }
}

/// The same question over the item's own page.
struct MediaDeleteDialog: Sendable {
    let id: String
    let title: String

    func html(in frame: Frame) -> HTML {
        """
        <dialog class="dialog" id="delete-dialog" aria-labelledby="delete-title" aria-describedby="delete-text">
        <h2 id="delete-title">\(t("Delete “\(title)”?"))</h2>
        <p id="delete-text">\(t("It goes to the trash, where it can be restored for 30 days. After that it is gone for good."))</p>
        \(HTML.form(Links.mediaDelete(id), class: "form-actions", buttons))
        </dialog>
        """
    }

    private var buttons: HTML {
        """
        <button class="button" type="button" data-closes>\(t("Keep it"))</button>\
        <button class="button button-bad" type="submit">\(t("Move to trash"))</button>
        """
    }
}
