import Core
import Hummingbird
import Web

/// Deleting one's own account, and keeping it after all.
struct DepartureRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/user/profile/delete", .signedIn, "What deleting one's own account means", form)
        routes.form("/user/profile/delete", .signedIn, "Ask for one's own account to be deleted", ask)
        routes.get("/user/leaving", .signedIn, "Asks whether to keep an account that is about to be deleted", question)
        routes.form("/user/leaving/keep", .signedIn, "Keep an account that is about to be deleted", keep)
    }

    private var departures: Departures { site.platform.departures }

    private func form(_ request: Request, _ context: ProvenContext) async throws -> Response {
        site.page(try await page(context)(FormState()), context)
    }

    private func page(_ context: ProvenContext) async throws -> (FormState) -> DeleteAccountPage {
        let account = try await site.platform.accounts.find(context.account, in: context.scope)
        let use = try await site.platform.library.storageByKind(of: context.account, in: context.scope)
        let customers = try await site.platform.accounts.hasCustomers(context.account)
        return { form in
            DeleteAccountPage(
                username: account.username,
                use: use,
                days: departures.wait.components.seconds / 86_400,
                hasCustomers: customers,
                form: form
            )
        }
    }

    private func ask(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let again = try await page(context)
        return try await site.form(fields, context) {
            let leavesAt = try await departures.ask(
                typing: fields.text("username"),
                language: Language.current.tag,
                in: context.scope
            )
            let date = Language.current.date(milliseconds: leavesAt.milliseconds)
            let text = t("Your account is deleted on \(date). To keep it, log in before.")
            var response = site.redirect(to: Links.home, saying: text)
            response.setCookie(site.cookies.session.clearing)
            return response
        } again: { form in
            again(form)
        }
    }

    private func question(_ request: Request, _ context: InPersonContext) async throws -> Response {
        guard let leavesAt = context.session.leavesAt else { return site.redirect(to: Links.dashboard) }
        return site.page(LeavingPage(leavesAt: leavesAt), context)
    }

    private func keep(_ fields: FormFields, _ context: InPersonContext) async throws -> Response {
        try await departures.cancel(in: context.scope)
        return site.redirect(to: Links.dashboard, saying: t("Your account stays."))
    }
}
