import Core
import Hummingbird
import Web

/// The end of an account, and its return. Who closes one proves again who they are.
struct ClosingRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/admin/user/{id}/delete", .may(.manageAccounts), "What closing an account does, to choose", ask)
        routes.form("/admin/user/{id}/delete", .may(.manageAccounts), "Close an account", close)
        routes.form("/admin/user/{id}/restore", .may(.manageAccounts), "Bring a closed account back", restore)
    }

    private func ask(_ request: Request, _ context: ProvenContext) async throws -> Response {
        site.page(try await page(context), context)
    }

    private func page(_ context: ProvenContext, form: FormState? = nil) async throws -> ClosingPage {
        let person = try await site.platform.people.find(try context.parameter("id"), in: context.scope)
        return ClosingPage(
            person: person,
            use: try await site.platform.library.storageByKind(of: person.account.id, in: context.scope),
            hasCustomers: person.customers > 0,
            form: form
        )
    }

    private func close(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let id = try context.parameter("id")
        let page = try await page(context)
        return try await site.form(fields, context) {
            try await site.platform.closings.close(id, ClosingChoice(fields), in: context.scope)
            return site.redirect(
                to: Links.person(id),
                saying: t("The account is closed. It can be restored for 30 days.")
            )
        } again: { form in
            ClosingPage(person: page.person, use: page.use, hasCustomers: page.hasCustomers, form: form)
        }
    }

    private func restore(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameter("id")
        try await site.platform.closings.restore(id, in: context.scope)
        return site.redirect(to: Links.person(id), saying: t("The account is back. Its items follow in a moment."))
    }
}

extension ClosingChoice {
    init(_ fields: FormFields) {
        self.init(
            items: fields.text("items"),
            heir: fields.text("heir"),
            customers: fields.text("customers"),
            customersTo: fields.text("customers_to")
        )
    }
}

extension Links {
    static func personDelete(_ id: String) -> Link { Link(path: "admin", "user", id, "delete") }
    static func personRestore(_ id: String) -> Link { Link(path: "admin", "user", id, "restore") }
}
