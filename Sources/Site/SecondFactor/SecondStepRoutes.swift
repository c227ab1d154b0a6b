import Core
import Hummingbird
import Web

/// The second step of a sign-in. Who is half signed in is a visitor to every other route: the cookie that the password was
/// answered with is looked at here alone.
struct SecondStepRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/auth/second-step", .everyone, "The form for the second step of a sign-in", form)
        routes.form("/auth/second-step", .everyone, "Show the second factor and be signed in", finish)
    }

    private func form(_ request: Request, _ context: SessionContext) async throws -> Response {
        let next = request.uri.queryParameters["next"].flatMap { Link(local: String($0)) }
        guard let token = site.cookies.secondStep.value(in: request),
            try await site.platform.secondFactors.isWaiting(token)
        else { return site.redirect(to: Links.login(next: next)) }
        let form = FormState(values: ["remember": request.uri.queryParameters["remember"].map { String($0) } ?? ""])
        return site.page(SecondStepPage(form: form, next: next), context)
    }

    private func finish(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        let next = Link(local: fields.raw("next"))
        let step = SecondStep(
            token: context.site.secondStep ?? "",
            code: fields.text("code"),
            client: context.site.network,
            device: context.site.device,
            language: Language.current.tag
        )
        switch try await site.platform.secondFactors.finish(step, in: context.scope) {
        case .signedIn(let account, let device):
            var response = site.redirect(to: next ?? Links.dashboard)
            response.setCookie(site.cookies.secondStep.clearing)
            return try await site.signIn(account.id, device, fields.isOn("remember"), response, context)
        case .refused:
            let problem = FormState.Problem("code", Failure.FieldProblem.codeWrong.words)
            let form = FormState(fields, problems: [problem])
            return site.page(SecondStepPage(form: form, next: next), context, status: .unprocessableContent)
        case .lockedOut(let until):
            let form = FormState(fields, message: site.tooManyTries(until: until))
            return site.page(SecondStepPage(form: form, next: next), context, status: .tooManyRequests)
        case .gone:
            var response = site.redirect(to: Links.login(next: next))
            response.setCookie(site.cookies.secondStep.clearing)
            return response
        }
    }
}

extension Site {
    /// The way to the second step for somebody whose password was right.
    func askForSecondStep(_ token: String, next: Link?, isKept: Bool) -> Response {
        var response = redirect(to: Links.secondStep(next: next, isKept: isKept))
        response.setCookie(cookies.secondStep.setting(token, lifetime: SecondFactors.stepLifetime))
        return response
    }

    func tooManyTries(until: Timestamp) -> String {
        let minutes = max(1, ((until - platform.effects.now()).inMilliseconds + 59_999) / 60_000)
        return tn(
            "Too many wrong tries. Try again in %1 minute.",
            "Too many wrong tries. Try again in %1 minutes.",
            count: Int(minutes)
        )
    }
}
