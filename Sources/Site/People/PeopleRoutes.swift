import Core
import HTTPTypes
import Hummingbird
import Web

/// The list of people and acts on several of them.
struct PeopleRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/admin", .everyone, "The way to all administration, and what it is for others", administration)
        routes.get("/admin/users", .may(.manageAccounts), "The people of the platform", list)
        routes.form("/admin/users/act", .may(.manageAccounts), "Change several accounts at once", act)
    }

    private func administration(_ request: Request, _ context: SessionContext) async throws -> Response {
        site.page(AdministrationPage(), context)
    }

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = request.uri.queryParameters
        var wanted = PeopleRequest(query)
        wanted.cursor = try query.cursor
        let people = try await site.platform.people.page(wanted, in: context.scope)
        let types = try await site.platform.userTypes.all()
        return site.page(PeopleList(request: wanted, people: people, types: types), context)
    }

    /// Asks first, unless the form says that it was asked.
    private func act(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let ids = fields.all("id")
        guard let name = PersonActName(fields), !ids.isEmpty else {
            FlashMessage.add(.warning, t("Choose at least one account and what to do with it."))
            return site.redirect(to: Links.people())
        }
        guard fields.isOn("confirmed") else { return try await confirm(name, ids, fields, context) }
        let outcome = try await site.platform.people.perform(name.act(fields), on: ids, in: context.scope)
        tell(outcome, of: name)
        return site.redirect(to: ids.count == 1 ? Links.person(ids[0]) : Links.people())
    }

    private func confirm(
        _ name: PersonActName,
        _ ids: [String],
        _ fields: FormFields,
        _ context: ProvenContext
    ) async throws -> Response {
        let accounts = try await site.platform.people.named(ids, in: context.scope)
        guard !accounts.isEmpty else { throw Failure.notFound }
        let isChange = name == .changeType
        let type = isChange ? try await site.platform.userTypes.find(fields.text("user_type")) : nil
        return site.page(PeopleConfirm(act: name, accounts: accounts, type: type), context)
    }

    /// How many were changed, and of the others why not.
    private func tell(_ outcome: PeopleOutcome, of name: PersonActName) {
        if outcome.changed > 0 { FlashMessage.add(.success, name.done(outcome.changed)) }
        if outcome.unchanged > 0 {
            let text = tn("%1 was so already.", "%1 were so already.", count: outcome.unchanged)
            FlashMessage.add(.notice, text)
        }
        // A cookie carries this; more than a few names do not fit.
        for refusal in outcome.refused.prefix(5) {
            let why = ([t(verbatim: refusal.why.message)] + refusal.why.fields.map(\.words)).last ?? ""
            FlashMessage.add(.warning, "\(refusal.username): \(why)")
        }
        if outcome.refused.count > 5 {
            let rest = outcome.refused.count - 5
            FlashMessage.add(.warning, tn("%1 more was left as it is.", "%1 more were left as they are.", count: rest))
        }
        if outcome.missing > 0 {
            FlashMessage.add(
                .warning,
                tn("%1 is not there any more.", "%1 are not there any more.", count: outcome.missing)
            )
        }
    }
}

extension PeopleRequest {
    /// What an address asks for; what it says wrongly is left out.
    init(_ query: Parameters) {
        self.init(
            search: query["q"].map { String($0.prefix(254)) } ?? "",
            type: query["type"].flatMap { $0.isEmpty ? nil : String($0.prefix(40)) },
            state: query["state"].flatMap { State(rawValue: String($0)) },
            parent: query["parent"].map { String($0.prefix(64)) } ?? "",
            sort: query["sort"].flatMap { Sort(rawValue: String($0)) } ?? .newest
        )
    }
}
