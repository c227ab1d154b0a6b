package import Core
package import Web

/// What the library's address asks for. Filters live in the URL, so that back and bookmarks work.
package struct LibraryFilter: Sendable, Hashable {
    package var text: String
    package var kind: MediaKind?
    package var sort: LibraryRequest.Sort
    package var shelf: LibraryRequest.Shelf

    package init(
        text: String = "",
        kind: MediaKind? = nil,
        sort: LibraryRequest.Sort = .newest,
        shelf: LibraryRequest.Shelf = .everybody
    ) {
        self.text = text
        self.kind = kind
        self.sort = sort
        self.shelf = shelf
    }

    /// The library so filtered, from its start or after a cursor.
    package func link(after cursor: String? = nil) -> Link {
        Link(path: "media", query: query + [("after", cursor)])
    }

    /// Every part of the filter by its name in the address; nil where it is as usual.
    var query: [(String, String?)] {
        [
            ("q", text.isEmpty ? nil : text), ("type", kind?.rawValue), ("sort", sort == .newest ? nil : sort.rawValue),
            ("mine", shelf == .own ? "1" : nil), ("managed", shelf == .managed ? "1" : nil),
        ]
    }

    func with(kind: MediaKind?) -> LibraryFilter {
        var copy = self
        copy.kind = kind
        return copy
    }
}

extension LibraryRequest.Sort {
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

extension LibraryRequest.Shelf {
    var title: String {
        switch self {
        case .own: t("Your items")
        case .everybody: t("Library")
        case .managed: t("Managed items")
        }
    }

    var section: Section {
        switch self {
        case .own: .mine
        case .everybody: .library
        case .managed: .managed
        }
    }

    /// What belongs where nothing is yet.
    var promise: String {
        switch self {
        case .own: t("Videos, music, photos and documents that you upload appear here.")
        case .everybody: t("Public items of everyone appear here.")
        case .managed: t("Everything that you manage appears here.")
        }
    }
}
