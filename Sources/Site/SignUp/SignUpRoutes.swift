import Core
import Hummingbird
import Web

/// Where a link in a mail makes the account. Where people are signed in at once, nobody ever gets such a link.
struct SignUpRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/auth/complete-sign-up", .everyone, "The page that makes an account, by the link in a mail", form)
        routes.form("/auth/complete-sign-up", .everyone, "Make the account that a link stands for", complete)
    }

    private func form(_ request: Request, _ context: SessionContext) async throws -> Response {
        guard let token = request.uri.queryParameters["token"] else { return site.redirect(to: Links.register) }
        return try await offeringAnother {
            let signUp = try await site.platform.signUps.find(token: String(token))
            let form = FormState(values: ["username": signUp.username])
            return site.page(CompleteSignUpPage(email: signUp.email, token: String(token), form: form), context)
        }
    }

    private func complete(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        let token = fields.raw("token")
        return try await offeringAnother {
            let signUp = try await site.platform.signUps.find(token: token)
            return try await site.form(fields, context) {
                let username = fields.text("username")
                _ = try await site.platform.signUps.complete(token: token, username: username, in: context.scope)
                return site.redirect(to: Links.login(), saying: t("Your account is ready. Log in with your password."))
            } again: { form in
                CompleteSignUpPage(email: signUp.email, token: token, form: form)
            }
        }
    }

    /// A link that was used or is too old leads to where one signs up.
    private func offeringAnother(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let failure as Failure where failure == .linkGone {
            FlashMessage.add(.warning, t("This link was used already or is too old. Sign up once more, or log in."))
            return site.redirect(to: Links.register)
        }
    }
}
