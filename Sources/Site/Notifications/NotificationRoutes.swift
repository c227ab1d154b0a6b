import Core
import Hummingbird
import Web

/// What somebody was told, and of what they get mails.
struct NotificationRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/user/notifications", .signedIn, "What you were told", list)
        routes.get(
            "/user/notifications/stream",
            .signedIn,
            "How many are unread, as server-sent events",
            kind: .api,
            stream
        )
        routes.form("/user/notifications/read", .signedIn, "Mark all notifications as read", markAll)
        routes.form("/user/notifications/{id}/read", .signedIn, "Mark a notification as read", markOne)
        routes.form("/user/profile/notifications", .signedIn, "Choose of what you get mails", choose)
    }

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let isUnread = request.uri.queryParameters["unread"] == "1"
        let entries = try await site.platform.notifications.page(
            isUnread: isUnread,
            behind: request.uri.queryParameters.cursor,
            in: context.scope
        )
        let unread = context.site.identity.viewer?.unread ?? 0
        return site.page(NotificationList(entries: entries, isUnread: isUnread, unread: unread), context)
    }

    private func markAll(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        guard let newest = Int64(fields.text("through")) else { throw Failure.notFound }
        try await site.platform.notifications.markRead(through: ID(newest), in: context.scope)
        return site.redirect(to: Links.notifications(), saying: t("All notifications are marked as read."))
    }

    private func markOne(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        guard let id = Int64(try context.parameter("id")) else { throw Failure.notFound }
        try await site.platform.notifications.markRead(ID(id), in: context.scope)
        return site.redirect(to: Links.notifications(isUnread: fields.isOn("unread")))
    }

    private func choose(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let mailed = Set(fields.all("mailed").compactMap { NotificationKind(rawValue: $0) })
        try await site.platform.notifications.choose(mailed: mailed, in: context.scope)
        return site.redirect(to: Links.profile, saying: t("Your choice is saved."))
    }

    /// Says how many are unread, at once and whenever that changes, until the session ends. At the end it says so: there is
    /// nothing to come back for.
    private func stream(_ request: Request, _ context: InPersonContext) async throws -> Response {
        let place = ListeningPlace(
            feed: site.platform.notificationFeed,
            seat: try site.platform.notificationFeed.seat(for: context.session),
            language: Language.current
        )
        let site = site
        var stream = EventStream()
        stream.pace = .milliseconds(250)
        return stream.response(isStopping: { site.isStopping }) { await place.events() }
    }
}
