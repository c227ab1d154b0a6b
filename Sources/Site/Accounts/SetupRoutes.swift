import Core
import Hummingbird
import Web

/// The first administrator's account, by the link that the program prints when it starts.
struct SetupRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/setup", .everyone, "The form for the first administrator", form)
        routes.form("/setup", .everyone, "Make the first administrator", create)
    }

    private func form(_ request: Request, _ context: SessionContext) async throws -> Response {
        let token = request.uri.queryParameters["token"].map { String($0) } ?? ""
        try await site.platform.adminSetup.check(token)
        return site.page(AdminSetupPage(token: token, minimumPasswordLength: site.settings.passwordMinimum), context)
    }

    private func create(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        try await site.form(fields, context) {
            let account = try await site.platform.adminSetup.createAdmin(
                token: fields.raw("token"),
                Registration(fields),
                in: context.scope
            )
            let text = t("You are the administrator now. Welcome, \(account.username).")
            let response = site.redirect(to: Links.dashboard, saying: text)
            return try await site.signInNew(account.id, response, context)
        } again: { form in
            AdminSetupPage(
                form: form,
                token: fields.raw("token"),
                minimumPasswordLength: site.settings.passwordMinimum
            )
        }
    }
}
