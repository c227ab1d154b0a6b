import Core
import Hummingbird
import Web

/// Acting for somebody. The own session waits in a cookie of its own until it ends.
struct ImpersonationRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/admin/users/{id}/impersonate", .may(.manageAccounts), "The form to act for a person", ask)
        routes.form("/admin/users/{id}/impersonate", .may(.manageAccounts), "Act for a person", start)
        routes.form("/admin/impersonation/end", .signedIn, "Stop acting for a person", end)
    }

    private func ask(_ request: Request, _ context: ProvenContext) async throws -> Response {
        let person = try await site.platform.people.find(try context.parameter("id"), in: context.scope)
        return site.page(ImpersonationPage(person: person), context)
    }

    private func start(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let id = try context.parameter("id")
        let person = try await site.platform.people.find(id, in: context.scope)
        return try await site.form(fields, context) {
            let token = try await site.platform.impersonations.start(
                id,
                reason: fields.text("reason"),
                in: context.scope
            )
            var response = site.redirect(to: Links.dashboard)
            if let own = context.site.sessionToken {
                response.setCookie(site.cookies.ownSession.setting(own, lifetime: Impersonations.lifetime))
            }
            response.setCookie(site.cookies.session.setting(token, lifetime: Impersonations.lifetime))
            return response
        } again: { form in
            ImpersonationPage(person: person, form: form)
        }
    }

    /// Back to the own session, where it still is one of whoever acted.
    private func end(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        guard case .session(let session) = context.site.identity, let impersonator = session.impersonator else {
            throw Failure.notFound
        }
        try await site.platform.impersonations.end(session, in: context.scope)
        var response = site.redirect(to: Links.person(session.account.publicID), saying: t("You are yourself again."))
        response.setCookie(site.cookies.ownSession.clearing)
        if let own = context.site.ownSessionToken, let back = try await site.platform.sessions.resume(own),
            back.account.id == impersonator
        {
            let lifetime = back.isKept ? site.settings.sessionAbsolute : nil
            response.setCookie(site.cookies.session.setting(own, lifetime: lifetime))
        } else {
            response.setCookie(site.cookies.session.clearing)
        }
        return response
    }
}
