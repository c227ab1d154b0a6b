import Core
import Hummingbird
import Web

/// Another address for one's account: asking for it, confirming it, and taking it back.
struct AddressChangeRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/user/profile/email", .signedIn, "The form for another e-mail address", form)
        routes.form("/user/profile/email", .signedIn, "Ask for another e-mail address", ask)
        routes.form("/user/profile/email/cancel", .signedIn, "Forget the address that was asked for", cancel)
        routes.get("/auth/change-email", .everyone, "The page that the link at the new address leads to", confirmPage)
        routes.form("/auth/change-email", .everyone, "Confirm a new address", confirm)
        routes.get("/auth/keep-email", .everyone, "The page that the link at the old address leads to", keepPage)
        routes.form("/auth/keep-email", .everyone, "Take a change of address back, and log out everywhere", keep)
    }

    private var changes: AddressChanges { site.platform.addressChanges }

    private func form(_ request: Request, _ context: ProvenContext) async throws -> Response {
        site.page(try await page(FormState(), context), context)
    }

    private func page(_ form: FormState, _ context: ProvenContext) async throws -> ChangeEmailPage {
        let account = try await site.platform.accounts.find(context.account, in: context.scope)
        return ChangeEmailPage(email: account.email, isConfirmed: account.isEmailVerified, form: form)
    }

    private func ask(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let fresh = try await page(FormState(), context)
        return try await site.form(fields, context) {
            let email = fields.text("email")
            try await changes.ask(email, language: Language.current.tag, in: context.scope)
            let text = t("A mail with a link is on its way to \(email). Your address changes when you open it.")
            return site.redirect(to: Links.profile, saying: text)
        } again: { form in
            ChangeEmailPage(email: fresh.email, isConfirmed: fresh.isConfirmed, form: form)
        }
    }

    private func cancel(_ fields: FormFields, _ context: InPersonContext) async throws -> Response {
        try await changes.cancel(in: context.scope)
        return site.redirect(to: Links.profile, saying: t("Your address stays as it is."))
    }

    private func confirmPage(_ request: Request, _ context: SessionContext) async throws -> Response {
        guard let token = request.uri.queryParameters["token"] else { return site.redirect(to: Links.login()) }
        let change = try await changes.confirmable(by: String(token))
        return site.page(ConfirmEmailPage(email: change.newEmail, token: String(token)), context)
    }

    private func confirm(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        try await changes.confirm(token: fields.raw("token"), language: Language.current.tag, in: context.scope)
        let next = context.scope.account == nil ? Links.login() : Links.profile
        return site.redirect(to: next, saying: t("Your account has the new address."))
    }

    private func keepPage(_ request: Request, _ context: SessionContext) async throws -> Response {
        guard let token = request.uri.queryParameters["token"] else { return site.redirect(to: Links.login()) }
        let change = try await changes.revertible(by: String(token))
        return site.page(KeepEmailPage(email: change.oldEmail, token: String(token)), context)
    }

    private func keep(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        try await changes.revert(token: fields.raw("token"), language: Language.current.tag, in: context.scope)
        let text = t("Your account has its old address. A mail with a link to choose a new password is on its way.")
        var response = site.redirect(to: Links.login(), saying: text)
        response.setCookie(site.cookies.session.clearing)
        return response
    }
}
