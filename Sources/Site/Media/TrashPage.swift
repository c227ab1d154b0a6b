package import Core
package import Web

/// Deleted items that can still come back.
package struct TrashPage: Page {
    let items: [Item]
    let next: String?

    package struct Item: Sendable {
        package let id: String
        package let title: String
        package let kind: MediaKind
        package let size: Int64
        package let deleted: Timestamp
        /// When it is gone for good.
        package let purged: Timestamp

        package init(id: String, title: String, kind: MediaKind, size: Int64, deleted: Timestamp, purged: Timestamp) {
            self.id = id
            self.title = title
            self.kind = kind
            self.size = size
            self.deleted = deleted
            self.purged = purged
        }
    }

    package init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    package var title: String { t("Trash") }
    package var section: Section? { .trash }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1>\
        <p class="page-lead">\(t("Deleted items stay here for 30 days and still count towards your storage."))</p></div>
        \(items.isEmpty ? empty(in: frame) : table(in: frame))
        \(more)
        """
    }

    private func empty(in frame: Frame) -> HTML {
        EmptyState(
            icon: .trash,
            title: t("The trash is empty"),
            text: t("Items that you delete wait here before they are gone."),
            action: (t("Go to your items"), Links.mine)
        ).html(in: frame)
    }

    private func table(in frame: Frame) -> HTML {
        """
        <table class="table table-cards">
        <thead><tr><th scope="col">\(t("Item"))</th><th scope="col" class="number">\(t("Size"))</th>\
        <th scope="col">\(t("Deleted"))</th><th scope="col">\(t("Gone for good"))</th>\
        <th scope="col"><span class="visually-hidden">\(t("Action"))</span></th></tr></thead>
        <tbody>
        \(items.map { row($0, in: frame) })</tbody>
        </table>
        """
    }

    private func row(_ item: Item, in frame: Frame) -> HTML {
        """
        <tr><td><div class="trash-item card-\(item.kind.rawValue)"><span class="frame">\(frame.icon(item.kind.icon))</span>\
        <div><strong>\(item.title)</strong><span class="soft">\(item.kind.name)</span></div></div></td>\
        <td class="number" data-name="\(t("Size"))">\(Language.current.size(bytes: item.size))</td>\
        <td data-name="\(t("Deleted"))">\(HTML.time(item.deleted, now: frame.now))</td>\
        <td data-name="\(t("Gone for good"))">\(remaining(item, now: frame.now))</td>\
        <td class="table-action">\(HTML.form(Links.mediaRestore(item.id), restoreButton(item, in: frame)))</td></tr>

        """
    }

    private func restoreButton(_ item: Item, in frame: Frame) -> HTML {
        """
        <button class="button" type="submit" aria-label="\(t("Restore “\(item.title)”"))">\(frame.icon(.restore))\
        \(t("Restore"))</button>
        """
    }

    private func remaining(_ item: Item, now: Timestamp) -> String {
        let days = max(0, (item.purged - now).inMilliseconds + 86_399_999) / 86_400_000
        return days == 0 ? t("any moment") : tn("in %1 day", "in %1 days", count: Int(days))
    }

    private var more: HTML? {
        next.map { .more(Link(path: "media", "trash", query: [("after", $0)])) }
    }
}
