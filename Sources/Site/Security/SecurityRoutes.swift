import Core
import Hummingbird
import Web

/// One's own sessions and password.
struct SecurityRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/user/security", .signedIn, "Where one is logged in, and the form for a new password", show)
        routes.form("/user/security/sessions/{id}/revoke", .signedIn, "Log out one browser", revoke)
        routes.form("/user/security/revoke-others", .signedIn, "Log out every other browser", revokeOthers)
        routes.form("/user/security/password", .signedIn, "Change the password", changePassword)
    }

    private func show(_ request: Request, _ context: InPersonContext) async throws -> Response {
        site.page(try await page(behind: request.uri.queryParameters.cursor, context)(FormState()), context)
    }

    private func page(
        behind cursor: Cursor? = nil,
        _ context: InPersonContext
    ) async throws -> (FormState) -> SecurityPage {
        let account = context.session.account.id
        let sessions = try await site.platform.sessions.list(of: account, behind: cursor, in: context.scope)
        return { form in
            SecurityPage(
                form: form,
                sessions: sessions,
                current: context.session.id,
                minimumPasswordLength: site.settings.passwordMinimum
            )
        }
    }

    private func revoke(_ fields: FormFields, _ context: InPersonContext) async throws -> Response {
        let id = try context.parameter("id")
        try await site.platform.sessions.end(publicID: id, in: context.scope)
        guard id == context.session.publicID else {
            return site.redirect(to: Links.security, saying: t("That browser is logged out."))
        }
        var response = site.redirect(to: Links.home, saying: t("You are logged out."))
        response.setCookie(site.cookies.session.clearing)
        return response
    }

    private func revokeOthers(_ fields: FormFields, _ context: InPersonContext) async throws -> Response {
        let ended = try await site.platform.sessions.endAll(
            for: context.session.account.id,
            except: context.session.id,
            in: context.scope
        )
        let text = tn("%1 other browser is logged out.", "%1 other browsers are logged out.", count: ended)
        return site.redirect(to: Links.security, saying: text)
    }

    private func changePassword(_ fields: FormFields, _ context: InPersonContext) async throws -> Response {
        let again = try await page(context)
        return try await site.form(fields, context) {
            let change = PasswordChange(
                current: context.proof(fields.raw("current_password")),
                password: fields.raw("password"),
                confirmation: fields.raw("password_confirmation"),
                revokesTokens: fields.isOn("revoke_tokens"),
                language: Language.current.tag
            )
            let (session, scope) = (context.session, context.scope)
            try await site.platform.accounts.changePassword(change, keeping: session.id, in: scope)
            let done = site.redirect(to: Links.security, saying: t("Your password is changed."))
            return try await site.startSession(for: session.account.id, isKept: session.isKept, done, context)
        } again: { form in
            again(form)
        }
    }
}

extension InPersonContext {
    /// The password of whoever sits here, typed once more.
    func proof(_ password: String) -> PasswordProof {
        PasswordProof(password: password, client: site.network, device: site.device)
    }
}

extension Site {
    /// Whether the session that a request came with still is one; always true for those that came without.
    func isStillThere(_ context: SiteContext) async throws -> Bool {
        switch context.identity {
        case .visitor, .token: true
        case .session: try await platform.sessions.isOpen(context.sessionToken ?? "")
        }
    }
}
