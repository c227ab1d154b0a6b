import Core
import Hummingbird
import Web

/// Sign-in providers in an administrator's hands.
struct SignInProviderRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/admin/sign-in-providers", .may(.manageAll), "The sign-in providers", list)
        routes.get("/admin/sign-in-providers/add", .may(.manageAll), "The form for another provider", addForm)
        routes.form("/admin/sign-in-providers/add", .may(.manageAll), "Add a provider", add)
        routes.get("/admin/sign-in-providers/{id}", .may(.manageAll), "The form to change a provider", editForm)
        routes.form("/admin/sign-in-providers/{id}", .may(.manageAll), "Change a provider", edit)
        routes.form("/admin/sign-in-providers/{id}/try", .may(.manageAll), "See whether a provider answers", check)
        routes.get("/admin/sign-in-providers/{id}/remove", .may(.manageAll), "Ask before a provider is removed", ask)
        routes.form("/admin/sign-in-providers/{id}/remove", .may(.manageAll), "Remove a provider", remove)
    }

    private var providers: SignInProviders { site.platform.signInProviders }

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        site.page(SignInProviderList(providers: try await providers.list(in: context.scope)), context)
    }

    private func addForm(_ request: Request, _ context: ProvenContext) async throws -> Response {
        site.page(SignInProviderForm(provider: nil), context)
    }

    private func add(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        try await site.form(fields, context) {
            let id = try await providers.add(SignInProviderChange(fields), in: context.scope)
            let text = t("The provider is added. Enter the redirect address there, then try it.")
            return site.redirect(to: Links.signInProvider(id), saying: text)
        } again: { form in
            SignInProviderForm(provider: nil, form: form)
        }
    }

    private func editForm(_ request: Request, _ context: ProvenContext) async throws -> Response {
        site.page(try await page(context)(nil), context)
    }

    private func edit(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let again = try await page(context)
        return try await site.form(fields, context) {
            try await providers.edit(context.parameter("id"), SignInProviderChange(fields), in: context.scope)
            return site.redirect(to: Links.signInProviders, saying: t("The changes are saved."))
        } again: { form in
            again(form)
        }
    }

    private func page(_ context: ProvenContext) async throws -> (FormState?) -> SignInProviderForm {
        let provider = try await providers.find(context.parameter("id"), in: context.scope)
        let redirect = providers.redirectAddress(provider.publicID)
        return { form in SignInProviderForm(provider: provider, redirect: redirect, form: form) }
    }

    private func check(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameter("id")
        if let trouble = try await providers.check(id, in: context.scope) {
            FlashMessage.add(.error, trouble.words)
            return site.redirect(to: Links.signInProvider(id))
        }
        return site.redirect(to: Links.signInProvider(id), saying: t("The provider answers, and its keys can be read."))
    }

    private func ask(_ request: Request, _ context: ProvenContext) async throws -> Response {
        let provider = try await providers.find(context.parameter("id"), in: context.scope)
        return site.page(SignInProviderRemoval(provider: provider), context)
    }

    private func remove(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        try await providers.remove(context.parameter("id"), in: context.scope)
        return site.redirect(to: Links.signInProviders, saying: t("The provider is removed."))
    }
}

extension SignInProviderChange {
    init(_ fields: FormFields) {
        self.init(
            name: fields.text("name"),
            issuer: fields.text("issuer"),
            clientID: fields.text("client_id"),
            clientSecret: fields.raw("client_secret"),
            scopes: fields.text("scopes"),
            isEnabled: fields.isOn("is_enabled"),
            opensAccounts: fields.isOn("opens_accounts")
        )
    }
}
