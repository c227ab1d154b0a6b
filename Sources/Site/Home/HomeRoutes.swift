import Core
import Hummingbird
import Web

/// The front door: visitors see what the platform offers, members their own overview.
struct HomeRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/", .everyone, "The front page", home)
        routes.get("/user", .signedIn, "Your overview: storage and recent items", dashboard)
    }

    private func home(_ request: Request, _ context: SessionContext) async throws -> Response {
        if context.scope.account != nil { return site.redirect(to: Links.dashboard) }
        let newest = LibraryRequest(shelf: .everybody, limit: 12)
        let page = try await site.platform.library.page(newest, in: context.scope)
        return site.page(HomePage(cards: page.items.map { MediaCard($0) }), context)
    }

    private func dashboard(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let use = try await site.platform.library.storageByKind(in: context.scope)
        let recent = try await site.platform.library.page(LibraryRequest(shelf: .own, limit: 8), in: context.scope)
        let page = DashboardPage(
            use: use.map { DashboardPage.KindUse(kind: $0.kind, items: $0.items, size: $0.bytes) },
            limit: context.site.identity.userType?.limits.storage,
            recent: recent.items.map { MediaCard($0) },
            unprovenEmail: site.platform.accounts.sendsMail ? context.site.identity.unprovenEmail : nil
        )
        return site.page(page, context)
    }
}
