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
        <form class="form-actions form-end" action="\(Links.mediaDelete(id))" method="post">\(frame.csrfField)\
        <button class="button button-bad" type="submit">\(t("Move to trash"))</button>\
        <a class="button" href="\(Links.media(id))">\(t("Keep it"))</a></form>
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
        <form class="form-actions" action="\(Links.mediaDelete(id))" method="post">\(frame.csrfField)\
        <button class="button" type="button" data-closes>\(t("Keep it"))</button>\
        <button class="button button-bad" type="submit">\(t("Move to trash"))</button></form>
        </dialog>
        """
    }
}
