import Core
package import Web

/// The list of items: everybody's public ones, or one's own.
package struct LibraryPage: Page {
    let filter: LibraryFilter
    let cards: [MediaCard]
    /// Where the list goes on, if it does.
    let next: String?

    package init(filter: LibraryFilter, cards: [MediaCard], next: String?) {
        self.filter = filter
        self.cards = cards
        self.next = next
    }

    package var title: String {
        if !filter.text.isEmpty { return t("Results for “\(filter.text)”") }
        return filter.shelf.title
    }
    package var section: Section? { filter.shelf.section }
    package var scripts: [Script] { [.search, .more, .status] }
    package var searchText: String { filter.text }

    package func main(in frame: Frame) -> HTML {
        """
        <div class="page-head"><h1>\(title)</h1>\(LibrarySort(filter: filter).html)</div>
        \(LibraryTypes(filter: filter).html(in: frame))
        <div id="results">
        \(cards.isEmpty ? LibraryEmpty(filter: filter).html(in: frame) : MediaGrid(cards: cards).html(in: frame))
        \(more)
        </div>
        """
    }

    private var more: HTML? {
        next.map { cursor in
            """
            <load-more class="more"><a class="button" rel="next" href="\(filter.link(after: cursor))">\
            \(t("Show more"))</a></load-more>
            """
        }
    }
}

/// The types of items, each a link to the same list of that type.
struct LibraryTypes: Sendable {
    let filter: LibraryFilter

    func html(in frame: Frame) -> HTML {
        """
        <nav class="chips" aria-label="\(t("Types"))">
        <a class="chip" href="\(filter.with(kind: nil).link())"\(mark(nil))>\(t("All"))</a>
        \(MediaKind.allCases.map { chip($0, in: frame) })
        </nav>
        """
    }

    private func chip(_ kind: MediaKind, in frame: Frame) -> HTML {
        """
        <a class="chip" href="\(filter.with(kind: kind).link())"\(mark(kind))>\(frame.icon(kind.icon))\(kind.plural)</a>

        """
    }

    private func mark(_ kind: MediaKind?) -> HTML {
        kind == filter.kind ? " aria-current=\"true\"" : ""
    }
}

/// The order of the list. Script submits at once; without it there is a button.
struct LibrarySort: Sendable {
    let filter: LibraryFilter

    var html: HTML {
        """
        <form class="sort" action="\(Links.library)" method="get">
        \(filter.query.filter { $0.0 != "sort" }.map(hidden))
        <label class="visually-hidden" for="sort">\(t("Order"))</label>
        <select id="sort" name="sort" data-submits>\(LibraryRequest.Sort.allCases.map(option))</select>
        <noscript><button class="button" type="submit">\(t("Sort"))</button></noscript>
        </form>
        """
    }

    private func hidden(_ name: String, _ value: String?) -> HTML {
        guard let value else { return .empty }
        return "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    private func option(_ sort: LibraryRequest.Sort) -> HTML {
        let selected: HTML = sort == filter.sort ? " selected" : ""
        return "<option value=\"\(sort.rawValue)\"\(selected)>\(sort.name)</option>"
    }
}

/// What stands where no items are, with a first step.
struct LibraryEmpty: Sendable {
    let filter: LibraryFilter

    func html(in frame: Frame) -> HTML {
        if !filter.text.isEmpty {
            return EmptyState(
                icon: .search,
                title: t("Nothing matches “\(filter.text)”"),
                text: t("Try fewer or other words, or look through everything."),
                action: (t("Show everything"), Links.library)
            ).html(in: frame)
        }
        if let kind = filter.kind {
            return EmptyState(
                icon: kind.icon,
                title: t("None of this type yet"),
                text: t("Other types may have something to show."),
                action: (t("Show all types"), filter.with(kind: nil).link())
            ).html(in: frame)
        }
        if frame.viewer?.profile?.ageLimit != nil {
            return EmptyState(
                icon: .library,
                title: t("Nothing here for this profile"),
                text: t("It shows what is rated for its age. Whoever owns an item sets that when editing it.")
            ).html(in: frame)
        }
        return EmptyState(
            icon: filter.shelf.section.icon,
            title: t("Nothing here yet"),
            text: filter.shelf.promise,
            action: frame.may(.upload) ? (t("Upload something"), Links.upload) : nil
        ).html(in: frame)
    }
}
