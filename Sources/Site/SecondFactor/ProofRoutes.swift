import Core
import Hummingbird
import Web

/// Step-up: who wants to do something dangerous proves first that they are who is signed in.
struct ProofRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/auth/confirm", .signedIn, "The form to prove once more who one is", form)
        routes.form("/auth/confirm", .signedIn, "Prove once more who one is", prove)
    }

    private func form(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let next = request.uri.queryParameters["next"].flatMap { Link(local: String($0)) }
        return site.page(ProofPage(next: next, hasSecondFactor: try session(of: context).hasSecondFactor), context)
    }

    private func prove(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let next = Link(local: fields.raw("next"))
        let session = try session(of: context)
        return try await site.form(fields, context) {
            try await site.platform.secondFactors.prove(
                password: fields.raw("password"),
                code: fields.text("code"),
                for: session.id,
                in: context.scope
            )
            return site.redirect(to: next ?? Links.dashboard)
        } again: { form in
            ProofPage(form: form, next: next, hasSecondFactor: session.hasSecondFactor)
        }
    }

    /// A bearer token proves nothing about a person.
    private func session(of context: SignedInContext) throws(Failure) -> Session {
        guard case .session(let session) = context.site.identity else { throw .forbidden }
        return session
    }
}
