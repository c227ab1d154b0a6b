import Core
import Hummingbird
import Web

/// The front door: visitors see what the platform offers, members their own overview, administrators what they look after.
struct HomeRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/", .everyone, "The front page", home)
        routes.get("/referred", .everyone, "The front page for those whom somebody sent here", referred)
        routes.get("/user", .signedIn, "Your overview: what you began, recent items, storage", dashboard)
    }

    private func home(_ request: Request, _ context: SessionContext) async throws -> Response {
        try await front(isInvitation: false, context)
    }

    private func referred(_ request: Request, _ context: SessionContext) async throws -> Response {
        try await front(isInvitation: true, context)
    }

    private func front(isInvitation: Bool, _ context: SessionContext) async throws -> Response {
        guard context.scope.account == nil else {
            return site.redirect(to: context.scope.may(.manageAccounts) ? Links.administration : Links.dashboard)
        }
        let newest = LibraryRequest(shelf: .everybody, limit: 12)
        let page = try await site.platform.library.page(newest, in: context.scope)
        return site.page(HomePage(cards: page.items.map { MediaCard($0) }, isInvitation: isInvitation), context)
    }

    private func dashboard(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (library, scope) = (site.platform.library, context.scope)
        let use = try await library.storageByKind(in: scope)
        let begun = try await site.platform.history.unfinished(limit: 8, in: scope)
        let shelf: LibraryRequest.Shelf = scope.may(.upload) ? .own : .everybody
        let recent = try await library.page(LibraryRequest(shelf: shelf, limit: 8), in: scope)
        let limit = context.site.identity.userType?.limits.storage
        let page = DashboardPage(
            begun: begun.map { MediaCard($0.item, watched: $0.position) },
            use: use.map { DashboardPage.KindUse(kind: $0.kind, items: $0.items, size: $0.bytes) },
            limit: limit,
            recent: recent.items.map { MediaCard($0) },
            notices: try await notices(used: use.reduce(0) { $0 + $1.bytes }, limit: limit, context)
        )
        return site.page(page, context)
    }

    /// What somebody should look after. A child has nothing to look after.
    private func notices(used: Int64, limit: Int64?, _ context: SignedInContext) async throws -> [DashboardNotice] {
        guard !context.scope.isLimited else { return [] }
        var notices: [DashboardNotice] = []
        if site.platform.accounts.sendsMail, let email = context.site.identity.unprovenEmail {
            notices.append(.unprovenEmail(email))
        }
        if case .session(let session) = context.site.identity, session.impersonator == nil,
            !session.hasSecondFactor, context.scope.may(.manageAccounts)
        {
            notices.append(.passwordAlone)
        }
        if let limit, let notice = DashboardNotice(used: used, limit: limit) { notices.append(notice) }
        let failed = try await site.platform.library.failed(in: context.scope)
        if !failed.isEmpty { notices.append(.failed(failed.map { .init(id: $0.publicID, title: $0.title) })) }
        return notices
    }
}
