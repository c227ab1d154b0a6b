package import Persistence

/// Lists of items: shelves, sorts, filters and search, a page at a time.
package struct Library: Sendable {
    private let database: any Database
    private let recent: RecentReads<Question, ListPage<LibraryItem>>

    /// What everybody who sees the same asks for again and again: the first page, above all of a public library.
    private struct Question: Hashable {
        let request: LibraryRequest
        let sight: Scope.Sight
    }

    package init(database: any Database) {
        self.database = database
        recent = RecentReads(of: database, capacity: 256)
    }

    /// One page. Items that come or go meanwhile shift nothing: a page begins after the last item of the one before.
    ///
    /// A search finds titles that hold every word, the last one as a beginning, among the newest thousand matches.
    /// - Throws: `Failure.badCursor`; `Failure.notSignedIn` for a shelf that visitors do not have.
    package func page(_ request: LibraryRequest, in scope: Scope) async throws -> ListPage<LibraryItem> {
        switch request.shelf {
        case .own: _ = try scope.requireAccount()
        case .managed: if case .visitor = scope.actor { throw Failure.notSignedIn }
        case .everybody: break
        }
        let query = try LibraryQueries.page(request, in: scope)
        return try await recent.value(for: Question(request: request, sight: scope.sight)) {
            let fetched = try await database.read { db in try db.all(query, as: LibraryItem.init) }
            return ListPage(fetched: fetched, limit: request.limit) { $0.cursor(request.sort) }
        }
    }

    /// What the items of the account that asks take up, by kind, largest first; the trash counts too.
    package func storageByKind(in scope: Scope) async throws -> [KindUse] {
        let query = LibraryQueries.storageByKind(of: try scope.requireAccount())
        return try await database.read { db in try db.all(query, as: KindUse.init) }
    }

    /// The same of an account that one manages. Throws `Failure.notFound` for one that is not to be seen.
    package func storageByKind(of account: ID<Account>, in scope: Scope) async throws -> [KindUse] {
        try await database.read { db in
            guard try AccountQueries.find(account, in: scope, on: db) != nil else { throw Failure.notFound }
            return try db.all(LibraryQueries.storageByKind(of: account), as: KindUse.init)
        }
    }

    /// The newest items of the account that asks that could not be made ready.
    package func failed(limit: Int = 5, in scope: Scope) async throws -> [LibraryItem] {
        let query = LibraryQueries.failed(of: try scope.requireAccount(), limit: min(max(limit, 1), 100), in: scope)
        return try await database.read { db in try db.all(query, as: LibraryItem.init) }
    }

    /// Makes an item findable by its title; to be called in the write that changes what search knows of it.
    static func index(
        _ id: ID<Media>,
        title: String,
        owner: ID<Account>,
        tenant: ID<Tenant>,
        visibility: Media.Visibility,
        on db: any Connection
    ) throws {
        let document = SearchWords.document(title: title, owner: owner, tenant: tenant, visibility: visibility)
        try db.execute(LibraryQueries.index(id, document: document))
    }

    static func unindex(_ id: ID<Media>, on db: any Connection) throws {
        try db.execute(LibraryQueries.unindex(id))
    }
}
