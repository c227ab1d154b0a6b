import Core
import HTTPTypes
import Hummingbird
import Web

/// Coming in and going out: register, log in, log out.
struct AccountRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/auth/register", .everyone, "The form to make an account", registrationForm)
        routes.form("/auth/register", .everyone, "Make an account and sign in", register)
        routes.get("/auth/login", .everyone, "The form to log in", loginForm)
        routes.form("/auth/login", .everyone, "Log in", login)
        routes.form("/auth/logout", .everyone, "Log out", logout)
    }

    private func registrationForm(_ request: Request, _ context: SessionContext) async throws -> Response {
        guard context.scope.account == nil else { return site.redirect(to: Links.dashboard) }
        return site.page(registerPage(FormState(), policies: try await site.platform.policies.versions()), context)
    }

    private func register(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        let policies = try await site.platform.policies.versions()
        return try await site.form(fields, context) {
            let registration = Registration(fields, agreement: Registration.Agreement(fields))
            guard site.settings.signUp == .atOnce else { return try await askForAccount(registration, context) }
            let account = try await site.platform.accounts.register(registration, in: context.scope)
            let response = site.redirect(to: Links.dashboard, saying: t("Welcome, \(account.username)."))
            return try await site.signInNew(account.id, response, context)
        } again: { form in
            registerPage(form, policies: policies)
        }
    }

    /// The same answer for every address.
    private func askForAccount(_ registration: Registration, _ context: SessionContext) async throws -> Response {
        try await site.platform.signUps.ask(registration, in: context.scope)
        let text = t("A mail with a link is on its way. Open it to finish your account.")
        return site.redirect(to: Links.login(), saying: text)
    }

    private func registerPage(_ form: FormState, policies: PolicyVersions) -> RegisterPage {
        RegisterPage(form: form, policies: policies, minimumPasswordLength: site.settings.passwordMinimum)
    }

    private func loginForm(_ request: Request, _ context: SessionContext) async throws -> Response {
        let next = request.uri.queryParameters["next"].flatMap { Link(local: String($0)) }
        guard context.scope.account == nil else { return site.redirect(to: next ?? Links.dashboard) }
        let form = next == nil ? FormState() : FormState(message: t("Please log in to access this page."))
        return try await site.loginPage(form, next: next, context)
    }

    private func login(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        let next = Link(local: fields.raw("next"))
        let attempt = SignIn(
            email: fields.text("email"),
            password: fields.raw("password"),
            client: context.site.network,
            device: context.site.device,
            language: Language.current.tag
        )
        switch try await site.platform.accounts.signIn(attempt, in: context.scope) {
        case .signedIn(let account, let device):
            let isKept = fields.isOn("remember")
            return try await site.signIn(
                account.id,
                device,
                isKept,
                site.redirect(to: next ?? Links.dashboard),
                context
            )
        case .secondStep(let token):
            return site.askForSecondStep(token, next: next, isKept: fields.isOn("remember"))
        case .refused:
            let form = FormState(fields, message: t("The email address or the password is not right."))
            return try await site.loginPage(form, next: next, context, status: .unprocessableContent)
        case .lockedOut(let until):
            let form = FormState(fields, message: site.tooManyTries(until: until))
            return try await site.loginPage(form, next: next, context, status: .tooManyRequests)
        }
    }

    private func logout(_ fields: FormFields, _ context: SessionContext) async throws -> Response {
        var response = site.redirect(to: Links.home, saying: t("You are logged out."))
        if let token = context.site.sessionToken { try await site.platform.sessions.end(token, in: context.scope) }
        response.setCookie(site.cookies.session.clearing)
        return response
    }
}

extension Registration {
    init(_ fields: FormFields, agreement: Agreement = .notAsked) {
        self.init(
            username: fields.text("username"),
            email: fields.text("email"),
            password: fields.raw("password"),
            passwordConfirmation: fields.raw("password_confirmation"),
            language: Language.current.tag,
            agreement: agreement
        )
    }
}

extension Site {
    /// The sign-in page, with the providers of the brand.
    func loginPage(
        _ form: FormState,
        next: Link?,
        _ context: SessionContext,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let providers = try await platform.signInProviders.buttons(in: context.scope)
        return page(LoginPage(form: form, next: next, providers: providers), context, status: status)
    }

    /// Signs in with an account that was just made; the device that made it is known to it from now on.
    func signInNew(_ account: ID<Account>, _ response: Response, _ context: SessionContext) async throws -> Response {
        let device = try await platform.accounts.rememberDevice(of: account)
        return try await signIn(account, device, false, response, context)
    }

    /// Starts a session, and hands its cookie and that of the device out with the response.
    func signIn(
        _ account: ID<Account>,
        _ device: String,
        _ isKept: Bool,
        _ response: Response,
        _ context: SessionContext
    ) async throws -> Response {
        var response = try await startSession(for: account, isKept: isKept, response, context)
        response.setCookie(cookies.device.setting(device, lifetime: .days(400)))
        return response
    }

    /// Starts a session in place of the one that the browser had. Unless the person asked to stay logged in, the browser
    /// forgets its cookie when it is closed.
    func startSession(
        for account: ID<Account>,
        isKept: Bool,
        _ response: Response,
        _ context: some NarrowContext
    ) async throws -> Response {
        let started = try await platform.sessions.start(
            for: account,
            replacing: context.site.sessionToken,
            isKept: isKept,
            in: context.scope
        )
        var response = response
        let lifetime = isKept ? settings.sessionAbsolute : nil
        response.setCookie(cookies.session.setting(started.token, lifetime: lifetime))
        return response
    }
}
