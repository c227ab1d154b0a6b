import Core
import Hummingbird
import Web

/// Passkeys: one's own, and signing in with one.
struct PasskeyRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/user/security/passkeys", .signedIn, "One's own passkeys", list)
        routes.form("/user/security/passkeys", .signedIn, "Add a passkey", add)
        routes.api(.post, "/user/security/passkeys/challenge", .signedIn, "The question for a new passkey", invite)
        routes.form("/user/security/passkeys/{id}/remove", .signedIn, "Remove a passkey", remove)
        routes.api(.post, "/auth/passkey/challenge", .everyone, "The question for signing in by passkey", challenge)
        routes.form("/auth/passkey", .everyone, "Log in with a passkey", signIn)
    }

    private var passkeys: Passkeys { site.platform.passkeys }

    private func list(_ request: Request, _ context: ProvenContext) async throws -> Response {
        site.page(try await page(FormState(), context), context)
    }

    private func page(_ form: FormState, _ context: ProvenContext) async throws -> PasskeysPage {
        PasskeysPage(
            form: form,
            passkeys: try await passkeys.list(in: context.scope),
            isPossible: passkeys.site != nil
        )
    }

    private func invite(_ request: Request, _ context: ProvenContext) async throws -> Response {
        let invitation = try await passkeys.invite(in: context.scope)
        var json = JSONWriter()
        json.object { json in
            json.member("challenge", invitation.challenge)
            json.member("site", invitation.site.id)
            json.member("site_name", Brand.platform.name)
            json.member("user", invitation.user)
            json.member("username", invitation.username)
            json.member("known") { json in
                json.array { json in for id in invitation.known { json.element(id) } }
            }
        }
        return .json(json)
    }

    private func add(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let known = try await page(FormState(), context)
        return try await site.form(fields, context) {
            let answer = Passkey.Registration(
                name: fields.text("name"),
                clientData: fields.raw("client_data"),
                attestation: fields.raw("attestation")
            )
            try await passkeys.register(answer, language: Language.current.tag, in: context.scope)
            return site.redirect(to: Links.passkeys, saying: t("The passkey is added."))
        } again: { form in
            PasskeysPage(form: form, passkeys: known.passkeys, isPossible: known.isPossible)
        }
    }

    private func remove(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        do {
            try await passkeys.remove(context.parameter("id"), language: Language.current.tag, in: context.scope)
        } catch let failure as Failure where failure == .lastWayIn {
            FlashMessage.add(.error, t(verbatim: failure.message))
            return site.redirect(to: Links.passkeys)
        }
        return site.redirect(to: Links.passkeys, saying: t("The passkey is removed."))
    }

    private func challenge(_ request: Request, _ context: SessionContext) async throws -> Response {
        let (challenge, party) = try await passkeys.challenge()
        var json = JSONWriter()
        json.object { json in
            json.member("challenge", challenge)
            json.member("site", party.id)
        }
        return .json(json)
    }

    private func signIn(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        let next = Link(local: fields.raw("next"))
        let answer = Passkey.Assertion(fields, device: context.site.device)
        let providers = try await site.platform.signInProviders.buttons(in: context.scope)
        return try await site.form(fields, context) {
            let (account, device) = try await passkeys.signIn(
                answer,
                language: Language.current.tag,
                in: context.scope
            )
            var response = site.redirect(to: next ?? Links.dashboard)
            response.setCookie(site.cookies.secondStep.clearing)
            return try await site.signIn(account.id, device, false, response, context)
        } again: { form in
            LoginPage(form: form, next: next, providers: providers)
        }
    }
}

extension Passkey.Assertion {
    /// As the script puts it into the form.
    init(_ fields: FormFields, device: String?) {
        self.init(
            credential: fields.raw("credential"),
            clientData: fields.raw("client_data"),
            authenticatorData: fields.raw("authenticator_data"),
            signature: fields.raw("signature"),
            user: fields.raw("user"),
            device: device
        )
    }
}
