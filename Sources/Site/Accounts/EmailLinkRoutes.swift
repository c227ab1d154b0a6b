import Core
import Hummingbird
import Web

/// What links in mails are for: confirming an address, and choosing a new password.
struct EmailLinkRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/auth/verify-email", .everyone, "The page that a confirming link leads to", verificationPage)
        routes.form("/auth/verify-email", .everyone, "Confirm an address", verify)
        routes.get("/auth/resend-verification", .everyone, "The form for another confirming link", resendForm)
        routes.form("/auth/resend-verification", .everyone, "Send another confirming link", resend)
        routes.get("/auth/forgot-password", .everyone, "The form for a link to choose a new password", forgotForm)
        routes.form("/auth/forgot-password", .everyone, "Send a link to choose a new password", forgot)
        routes.get("/auth/reset-password", .everyone, "The form for a new password", resetForm)
        routes.form("/auth/reset-password", .everyone, "Set a new password, and log out everywhere", reset)
    }

    private func verificationPage(_ request: Request, _ context: SessionContext) async throws -> Response {
        guard let token = request.uri.queryParameters["token"] else {
            return site.redirect(to: Links.resendVerification)
        }
        return try await offeringAnother(.confirmAddress, context) {
            try await site.platform.accounts.checkLink(String(token), .verify)
            return site.page(VerifyEmailPage(token: String(token)), context)
        }
    }

    private func verify(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        try await offeringAnother(.confirmAddress, context) {
            _ = try await site.platform.accounts.verifyEmail(token: fields.raw("token"), in: context.scope)
            let next = context.scope.account == nil ? Links.login() : Links.dashboard
            return site.redirect(to: next, saying: t("Your e-mail address is confirmed."))
        }
    }

    private func resendForm(_ request: Request, _ context: SessionContext) async throws -> Response {
        site.page(AskForLinkPage(.confirmAddress, form: FormState(email(of: context))), context)
    }

    private func email(of context: SessionContext) -> FormFields {
        FormState(values: ["email": context.site.identity.unprovenEmail ?? ""]).fields
    }

    /// A link that was used or is too old leads to the form for another one.
    private func offeringAnother(
        _ purpose: AskForLinkPage.Purpose,
        _ context: SessionContext,
        _ body: () async throws -> Response
    ) async throws -> Response {
        do {
            return try await body()
        } catch let failure as Failure where failure == .linkGone {
            let form = FormState(email(of: context), message: t(verbatim: failure.message))
            return site.page(AskForLinkPage(purpose, form: form), context, status: .gone)
        }
    }

    private func resend(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        try await ask(.verify, fields, context, form: .confirmAddress) {
            t("If this address waits to be confirmed, a mail with a link is on its way.")
        }
    }

    private func forgotForm(_ request: Request, _ context: SessionContext) async throws -> Response {
        site.page(AskForLinkPage(.resetPassword), context)
    }

    private func forgot(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        try await ask(.reset, fields, context, form: .resetPassword) {
            t("If there is an account with this address, a mail with a link is on its way.")
        }
    }

    /// The same answer for every address.
    private func ask(
        _ purpose: EmailLink.Purpose,
        _ fields: FormFields,
        _ context: SessionContext,
        form: AskForLinkPage.Purpose,
        saying text: () -> String
    ) async throws -> Response {
        try await site.form(fields, context) {
            try await site.platform.accounts.askForLink(
                purpose,
                to: fields.text("email"),
                language: Language.current.tag,
                in: context.scope
            )
            let next = context.scope.account == nil ? Links.login() : Links.dashboard
            return site.redirect(to: next, saying: text())
        } again: { state in
            AskForLinkPage(form, form: state)
        }
    }

    private func resetForm(_ request: Request, _ context: SessionContext) async throws -> Response {
        guard let token = request.uri.queryParameters["token"] else { return site.redirect(to: Links.forgotPassword) }
        return try await offeringAnother(.resetPassword, context) {
            try await site.platform.accounts.checkLink(String(token), .reset)
            return site.page(resetPage(FormState(), String(token)), context)
        }
    }

    private func reset(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        let token = fields.raw("token")
        return try await offeringAnother(.resetPassword, context) {
            try await site.form(fields, context) {
                _ = try await site.platform.accounts.resetPassword(
                    token: token,
                    password: fields.raw("password"),
                    confirmation: fields.raw("password_confirmation"),
                    language: Language.current.tag,
                    in: context.scope
                )
                var response = site.redirect(to: Links.login(), saying: t("Your password is set. Log in with it."))
                response.setCookie(site.cookies.session.clearing)
                return response
            } again: { form in
                resetPage(form, token)
            }
        }
    }

    private func resetPage(_ form: FormState, _ token: String) -> ResetPasswordPage {
        ResetPasswordPage(form: form, token: token, minimumPasswordLength: site.settings.passwordMinimum)
    }
}
