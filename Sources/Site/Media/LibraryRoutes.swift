import Core
import Hummingbird
import Web

/// The library: what one has, what others show, and what was thrown away.
struct LibraryRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/media", .everyone, "The library", library)
        routes.get("/media/trash", .may(.upload), "What was deleted and can be brought back", trash)
        routes.form("/media/{id}/restore", .may(.upload), "Bring an item back from the trash", restore)
    }

    private func library(_ request: Request, _ context: SessionContext) async throws -> Response {
        let query = request.uri.queryParameters
        let filter = LibraryFilter(query)
        if filter.shelf != .everybody { _ = try context.scope.requireAccount() }
        let list = LibraryRequest(filter, cursor: try query.cursor)
        let page = try await site.platform.library.page(list, in: context.scope)
        let owners = filter.shelf == .managed ? Set(page.items.map(\.owner)) : []
        let names = try await site.platform.accounts.names(of: owners, in: context.scope)
        let cards = page.items.map { MediaCard($0, owner: names[$0.owner]) }
        return site.page(LibraryPage(filter: filter, cards: cards, next: page.next?.text), context)
    }

    private func trash(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let page = try await site.platform.trash.page(behind: request.uri.queryParameters.cursor, in: context.scope)
        let items = page.items.map { item in
            TrashPage.Item(
                id: item.publicID,
                title: item.title,
                kind: item.kind,
                size: item.size,
                deleted: item.deletedAt,
                purged: item.removedAt
            )
        }
        return site.page(TrashPage(items: items, next: page.next?.text), context)
    }

    private func restore(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameter("id")
        try await site.platform.trash.restore(id, in: context.scope)
        return site.redirect(to: Links.media(id), saying: t("It is back where it was."))
    }
}

extension LibraryFilter {
    /// What an address asks for; what it says wrongly is left out.
    init(_ query: Parameters) {
        self.init(
            text: query["q"].map { String($0.prefix(200)) } ?? "",
            kind: query["type"].flatMap { MediaKind(rawValue: String($0)) },
            sort: query["sort"].flatMap { LibraryRequest.Sort(rawValue: String($0)) } ?? .newest,
            shelf: query["mine"] == "1" ? .own : query["managed"] == "1" ? .managed : .everybody
        )
    }
}

extension LibraryRequest {
    init(_ filter: LibraryFilter, cursor: Cursor?, limit: Int = 48) {
        self.init(
            shelf: filter.shelf,
            sort: filter.sort,
            kind: filter.kind,
            search: filter.text,
            cursor: cursor,
            limit: limit
        )
    }
}
