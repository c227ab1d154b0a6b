import Core
import Hummingbird
import Web

/// One's own logins elsewhere.
struct LinkedProviderRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/user/security/providers", .signedIn, "One's own logins elsewhere", list)
        routes.form("/user/security/providers/{id}/link", .signedIn, "Go to a provider to link a login there", link)
        routes.form("/user/security/providers/{id}/unlink", .signedIn, "Remove a login elsewhere", unlink)
    }

    private var providers: SignInProviders { site.platform.signInProviders }

    private func list(_ request: Request, _ context: InPersonContext) async throws -> Response {
        let page = LinkedProvidersPage(
            identities: try await providers.identities(in: context.scope),
            providers: try await providers.buttons(in: context.scope)
        )
        return site.page(page, context)
    }

    private func link(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let departure = try await providers.begin(
            context.parameter("id"),
            isLinking: true,
            next: nil,
            in: context.scope
        )
        return try site.depart(departure, context)
    }

    private func unlink(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        do {
            try await providers.unlink(context.parameter("id"), in: context.scope)
        } catch let failure as Failure where failure == .lastWayIn {
            FlashMessage.add(.error, t(verbatim: failure.message))
            return site.redirect(to: Links.linkedProviders)
        }
        return site.redirect(to: Links.linkedProviders, saying: t("The login is removed."))
    }
}
