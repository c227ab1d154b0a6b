import Core
import Hummingbird
import Web

/// Step-up: who wants to do something dangerous proves first that they are who is signed in.
struct ProofRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/auth/confirm", .signedIn, "The form to prove once more who one is", form)
        routes.form("/auth/confirm", .signedIn, "Prove once more who one is", prove)
        routes.form("/auth/confirm/passkey", .signedIn, "Prove once more who one is, with a passkey", provePasskey)
    }

    private func form(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let next = request.uri.queryParameters["next"].flatMap { Link(local: String($0)) }
        return site.page(try await page(next, context)(FormState()), context)
    }

    private func prove(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let next = Link(local: fields.raw("next"))
        let session = try session(of: context)
        let again = try await page(next, context)
        return try await site.form(fields, context) {
            try await site.platform.secondFactors.prove(
                password: fields.raw("password"),
                code: fields.text("code"),
                for: session.id,
                in: context.scope
            )
            return site.redirect(to: next ?? Links.dashboard)
        } again: { form in
            again(form)
        }
    }

    private func provePasskey(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let next = Link(local: fields.raw("next"))
        let session = try session(of: context)
        let again = try await page(next, context)
        return try await site.form(fields, context) {
            let answer = Passkey.Assertion(fields, device: nil)
            try await site.platform.passkeys.prove(answer, for: session.id, in: context.scope)
            return site.redirect(to: next ?? Links.dashboard)
        } again: { form in
            again(form)
        }
    }

    private func page(_ next: Link?, _ context: SignedInContext) async throws -> (FormState) -> ProofPage {
        let session = try session(of: context)
        let passkeys = try await site.platform.passkeys.list(in: context.scope)
        return { form in
            ProofPage(
                form: form,
                next: next,
                hasSecondFactor: session.hasSecondFactor,
                hasPasskey: !passkeys.isEmpty
            )
        }
    }

    /// A bearer token proves nothing about a person.
    private func session(of context: SignedInContext) throws(Failure) -> Session {
        guard case .session(let session) = context.site.identity else { throw .forbidden }
        return session
    }
}
