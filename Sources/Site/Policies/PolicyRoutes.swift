import Core
import Hummingbird
import Web

/// What the platform promises and asks: for everybody to read, for administrators to write.
struct PolicyRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/privacy-policy", .everyone, "What is stored about people", privacy)
        routes.get("/terms-of-service", .everyone, "What people agree to", terms)
        routes.get("/admin/pages", .may(.manageSettings), "The texts that can be rewritten", list)
        routes.get("/admin/pages/privacy-policy", .may(.manageSettings), "The form of the privacy policy", editPrivacy)
        routes.form("/admin/pages/privacy-policy", .may(.manageSettings), "Publish a privacy policy", publishPrivacy)
        routes.get(
            "/admin/pages/terms-of-service",
            .may(.manageSettings),
            "The form of the terms of service",
            editTerms
        )
        routes.form("/admin/pages/terms-of-service", .may(.manageSettings), "Publish terms of service", publishTerms)
    }

    private var policies: Policies { site.platform.policies }

    private func privacy(_ request: Request, _ context: SessionContext) async throws -> Response {
        try await show(.privacy, request, context)
    }

    private func terms(_ request: Request, _ context: SessionContext) async throws -> Response {
        try await show(.terms, request, context)
    }

    /// The version in force, or the one that the address names: `?version=2`; 0 is the text that comes with the program.
    private func show(_ kind: PolicyKind, _ request: Request, _ context: SessionContext) async throws -> Response {
        let current = try await policies.current(kind)
        guard let wanted = request.uri.queryParameters["version"] else {
            return site.page(PolicyPage(kind: kind, policy: current), context)
        }
        guard let version = Int64(wanted) else { throw Failure.notFound }
        let policy = version == 0 ? nil : try await policies.find(kind, version: version)
        let isInForce = policy?.version == current?.version
        return site.page(PolicyPage(kind: kind, policy: policy, isInForce: isInForce), context)
    }

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        site.page(PolicyList(versions: try await policies.versions()), context)
    }

    private func editPrivacy(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await edit(.privacy, context)
    }

    private func editTerms(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await edit(.terms, context)
    }

    private func edit(_ kind: PolicyKind, _ context: SignedInContext) async throws -> Response {
        site.page(PolicyEditPage(kind: kind, current: try await policies.current(kind)), context)
    }

    private func publishPrivacy(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        try await publish(.privacy, fields, context)
    }

    private func publishTerms(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        try await publish(.terms, fields, context)
    }

    private func publish(
        _ kind: PolicyKind,
        _ fields: FormFields,
        _ context: SignedInContext
    ) async throws -> Response {
        let current = try await policies.current(kind)
        return try await site.form(fields, context) {
            let version = Int64(fields.text("version")) ?? -1
            try await policies.publish(kind, fields.lines("text"), after: version, in: context.scope)
            return site.redirect(to: Links.policy(kind), saying: t("The text is in force."))
        } again: { form in
            PolicyEditPage(kind: kind, current: current, form: form)
        }
    }
}
