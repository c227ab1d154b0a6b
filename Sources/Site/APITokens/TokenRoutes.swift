import Core
import Hummingbird
import Web

/// One's own API tokens.
struct TokenRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/user/tokens", .signedIn, "One's own API tokens", show)
        routes.form("/user/tokens", .signedIn, "Make an API token", create)
        routes.form("/user/tokens/{id}/revoke", .signedIn, "Revoke an API token", revoke)
    }

    private func show(_ request: Request, _ context: ProvenContext) async throws -> Response {
        let form = FormState(values: ["lifetime": TokenLifetime.standard.rawValue])
        return site.page(try await page(form, behind: request.uri.queryParameters.cursor, context), context)
    }

    private func create(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let before = try await page(FormState(), context)
        return try await site.form(fields, context) {
            let created = try await site.platform.tokens.create(
                name: fields.text("name"),
                permissions: Set(fields.all("permissions").compactMap(Permission.init)),
                expiresAt: TokenLifetime(fields.text("lifetime")).end(from: site.platform.effects.now()),
                for: context.account,
                in: context.scope
            )
            let form = FormState(values: ["lifetime": TokenLifetime.standard.rawValue])
            var response = site.page(try await page(form, created: created, context), context, status: .created)
            // What is shown once is not to be found by whoever opens this browser's memory.
            response.headers[.cacheControl] = "no-store"
            return response
        } again: { form in
            TokensPage(form: form, tokens: before.tokens, permissions: before.permissions)
        }
    }

    private func revoke(_ fields: FormFields, _ context: InPersonContext) async throws -> Response {
        try await site.platform.tokens.revoke(publicID: context.parameter("id"), in: context.scope)
        return site.redirect(to: Links.tokens, saying: t("The token is revoked."))
    }

    private func page(
        _ form: FormState,
        behind cursor: Cursor? = nil,
        created: APITokens.Created? = nil,
        _ context: ProvenContext
    ) async throws -> TokensPage {
        let tokens = try await site.platform.tokens.list(of: context.account, behind: cursor, in: context.scope)
        let permissions = context.scope.may(.useAPI) ? Permission.allCases.filter(context.scope.may) : []
        return TokensPage(form: form, tokens: tokens, permissions: permissions, created: created)
    }
}
