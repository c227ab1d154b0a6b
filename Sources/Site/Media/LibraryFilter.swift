package import Core
package import Web

/// What the library's address asks for. Filters live in the URL, so that back and bookmarks work.
package struct LibraryFilter: Sendable, Hashable {
    package enum Sort: String, Sendable, CaseIterable {
        case newest, oldest, title, size, duration

        var name: String {
            switch self {
            case .newest: t("Newest first")
            case .oldest: t("Oldest first")
            case .title: t("Title")
            case .size: t("Largest first")
            case .duration: t("Longest first")
            }
        }
    }

    package var text: String
    package var kind: MediaKind?
    package var sort: Sort
    package var onlyMine: Bool

    package init(text: String = "", kind: MediaKind? = nil, sort: Sort = .newest, onlyMine: Bool = false) {
        self.text = text
        self.kind = kind
        self.sort = sort
        self.onlyMine = onlyMine
    }

    /// The library so filtered, from its start or after a cursor.
    package func link(after cursor: String? = nil) -> Link {
        Link(
            path: "media",
            query: [
                ("q", text.isEmpty ? nil : text), ("type", kind?.rawValue),
                ("sort", sort == .newest ? nil : sort.rawValue), ("mine", onlyMine ? "1" : nil), ("after", cursor),
            ]
        )
    }

    func with(kind: MediaKind?) -> LibraryFilter {
        var copy = self
        copy.kind = kind
        return copy
    }
}
