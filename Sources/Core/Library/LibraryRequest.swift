/// Which items a list shows, and in which order.
package struct LibraryRequest: Sendable, Hashable {
    /// Whose items. What somebody may not see is on no shelf of theirs.
    package enum Shelf: String, Sendable, Hashable, CaseIterable {
        /// Those of the account that asks.
        case own
        /// What everybody of the tenant may see.
        case everybody
        /// All that who asks manages: a reseller's subtree, or everything.
        case managed
    }

    package enum Sort: String, Sendable, Hashable, CaseIterable {
        case newest
        case oldest
        case title
        /// Largest first.
        case size
        /// Longest first.
        case duration
    }

    package static let largestPage = 100

    package var shelf: Shelf
    package var sort: Sort
    package var kind: MediaKind?
    package var visibility: Media.Visibility?
    /// As typed; nil or blank searches nothing.
    package var search: String?
    /// The `next` of the page before.
    package var cursor: Cursor?
    /// From 1 to 100; what lies outside is clamped.
    package var limit: Int

    package init(
        shelf: Shelf,
        sort: Sort = .newest,
        kind: MediaKind? = nil,
        visibility: Media.Visibility? = nil,
        search: String? = nil,
        cursor: Cursor? = nil,
        limit: Int = 50
    ) {
        self.shelf = shelf
        self.sort = sort
        self.kind = kind
        self.visibility = visibility
        self.search = search
        self.cursor = cursor
        self.limit = min(max(limit, 1), Self.largestPage)
    }

    /// The shelf that somebody finds first: all they manage, else their own, else what is public.
    package static func firstShelf(for scope: Scope) -> Shelf {
        switch scope.actor {
        case .visitor: .everybody
        case .system: .managed
        case .account: scope.may(.manageAll) || scope.may(.manageCustomers) ? .managed : .own
        }
    }
}
