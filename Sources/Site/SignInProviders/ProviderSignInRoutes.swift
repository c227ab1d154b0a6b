import Core
import HTTPTypes
import Hummingbird
import Web

/// The way to a provider and back.
struct ProviderSignInRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        // A form, so that no other site can make somebody's browser begin. Its answer is a page that goes on by itself and
        // no redirect: browsers hold redirects of a form against the page's `form-action`, which knows no provider.
        routes.form("/auth/oidc/{id}", .everyone, "Go to a provider to log in there", begin)
        // The provider's redirect can only be a GET; what proves it is the state with the browser's cookie.
        routes.get("/auth/oidc/{id}/callback", .everyone, "Come back from a provider", finish)
    }

    private func begin(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        let next = Link(local: fields.raw("next"))
        do {
            let departure = try await site.platform.signInProviders.begin(
                context.parameter("id"),
                isLinking: false,
                next: next?.url,
                in: context.scope
            )
            return try site.depart(departure, context)
        } catch let failure as Failure where failure == .providerUnreachable {
            return try await site.loginPage(saying: failure, next: next, context)
        }
    }

    private func finish(_ request: Request, _ context: SessionContext) async throws -> Response {
        func text(_ name: Substring) -> String { request.uri.queryParameters[name].map { String($0) } ?? "" }
        let back = ProviderReturn(
            provider: try context.parameter("id"),
            state: text("state"),
            code: text("code"),
            error: text("error"),
            issuer: text("iss"),
            browser: site.cookies.providerAttempt.value(in: request),
            device: context.site.device,
            language: Language.current.tag,
            policies: try await site.platform.policies.versions()
        )
        do {
            var response = try await answer(site.platform.signInProviders.finish(back, in: context.scope), context)
            response.setCookie(site.cookies.providerAttempt.clearing)
            return response
        } catch let failure as Failure where failure != .notFound {
            guard context.scope.account != nil else {
                return try await site.loginPage(saying: failure, next: nil, context)
            }
            FlashMessage.add(.error, t(verbatim: failure.message))
            return site.redirect(to: Links.linkedProviders)
        }
    }

    private func answer(_ result: ProviderSignInResult, _ context: SessionContext) async throws -> Response {
        switch result {
        case .signedIn(let account, let device, let next):
            var response = site.redirect(to: next.flatMap(Link.init(local:)) ?? Links.dashboard)
            response.setCookie(site.cookies.secondStep.clearing)
            return try await site.signIn(account.id, device, false, response, context)
        case .secondStep(let token, let next):
            return site.askForSecondStep(token, next: next.flatMap(Link.init(local:)), isKept: false)
        case .linked(let provider):
            return site.redirect(to: Links.linkedProviders, saying: t("You can log in with \(provider) now."))
        }
    }
}

extension Site {
    /// The page on which the browser sets out for a provider, with the cookie that it has to bring back.
    func depart(_ departure: ProviderDeparture, _ context: some NarrowContext) throws -> Response {
        guard let page = DeparturePage(departure) else { throw Failure.providerUnreachable }
        var response = self.page(page, context)
        response.headers[.refresh] = "0; url=\(departure.address)"
        response.headers[.cacheControl] = "no-store"
        response.setCookie(
            cookies.providerAttempt.setting(departure.browser, lifetime: SignInProviders.attemptLifetime)
        )
        return response
    }

    /// The sign-in page with what went wrong on another way in.
    func loginPage(saying failure: Failure, next: Link?, _ context: SessionContext) async throws -> Response {
        let form = FormState(message: t(verbatim: failure.message))
        return try await loginPage(form, next: next, context, status: failure.kind.status)
    }
}

extension HTTPField.Name {
    fileprivate static let refresh = HTTPField.Name(literal: "Refresh")
}
