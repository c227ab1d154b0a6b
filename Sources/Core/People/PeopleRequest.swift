/// Which accounts somebody who manages people looks for, and in which order.
package struct PeopleRequest: Sendable, Hashable {
    package enum Sort: String, Sendable, Hashable, CaseIterable {
        case newest, oldest, username
        /// Most bytes first.
        case storage
    }

    package enum State: String, Sendable, Hashable, CaseIterable {
        case active, suspended, closed
        /// Nobody has proven yet that they read the address.
        case unverified
    }

    package static let largestPage = 100

    /// The beginning of a username or of an address; blank searches nothing.
    package var search: String
    /// A user type's code.
    package var type: String?
    package var state: State?
    /// The username of whoever they are customers of, at any level; blank for everybody.
    package var parent: String
    package var sort: Sort
    package var cursor: Cursor?
    /// From 1 to 100; what lies outside is clamped.
    package var limit: Int

    package init(
        search: String = "",
        type: String? = nil,
        state: State? = nil,
        parent: String = "",
        sort: Sort = .newest,
        cursor: Cursor? = nil,
        limit: Int = 50
    ) {
        self.search = search
        self.type = type
        self.state = state
        self.parent = parent
        self.sort = sort
        self.cursor = cursor
        self.limit = min(max(limit, 1), Self.largestPage)
    }

    /// Whether the list shows less than everybody.
    package var isFiltered: Bool { !search.trimmed.isEmpty || type != nil || state != nil || !parent.trimmed.isEmpty }
}

/// A part of the list of people.
package struct PeoplePage: Sendable {
    package let list: ListPage<Account>
    /// How many there are in all; nil for more than `PeoplePage.mostCounted`.
    package let count: Int?
    /// The usernames of those whose customers they are, as far as one may see them.
    package let parents: [ID<Account>: String]

    package static let mostCounted = 1000

    package init(list: ListPage<Account>, count: Int?, parents: [ID<Account>: String]) {
        self.list = list
        self.count = count
        self.parents = parents
    }
}
