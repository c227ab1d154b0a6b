import Core
import Hummingbird
import Web

/// One's own two-step sign-in: turning it on with an app, recovery codes, turning it off.
struct SecondFactorRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/user/security/two-factor", .signedIn, "Whether two-step sign-in is on", show)
        routes.form("/user/security/two-factor", .signedIn, "Make a key for an authenticator app", begin)
        routes.get("/user/security/two-factor/app", .signedIn, "The key for an authenticator app, as QR code", app)
        routes.form("/user/security/two-factor/app", .signedIn, "Turn two-step sign-in on by a first code", confirm)
        routes.form("/user/security/two-factor/codes", .signedIn, "Make new recovery codes", renewCodes)
        routes.get("/user/security/two-factor/off", .signedIn, "The form to turn two-step sign-in off", offForm)
        routes.form("/user/security/two-factor/off", .signedIn, "Turn two-step sign-in off", turnOff)
    }

    private var factors: SecondFactors { site.platform.secondFactors }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let isRequired = context.site.identity.userType.map { site.settings.secondFactorFor.contains($0.code) } ?? false
        return site.page(
            TwoFactorPage(factor: try await factors.state(in: context.scope), isRequired: isRequired),
            context
        )
    }

    private func begin(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        try await factors.begin(in: context.scope)
        return site.redirect(to: Links.twoFactorApp)
    }

    private func app(_ request: Request, _ context: ProvenContext) async throws -> Response {
        guard let enrolment = try await enrolment(context) else { return site.redirect(to: Links.twoFactor) }
        return site.page(TwoFactorAppPage(enrolment: enrolment), context).notStored
    }

    private func confirm(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        guard let enrolment = try await enrolment(context) else { return site.redirect(to: Links.twoFactor) }
        return try await site.form(fields, context) {
            let language = Language.current.tag
            let codes = try await factors.confirm(fields.text("code"), language: language, in: context.scope)
            return site.page(RecoveryCodesPage(codes: codes, isFirst: true), context).notStored
        } again: { form in
            TwoFactorAppPage(form: form, enrolment: enrolment)
        }
    }

    /// nil when none was begun, or it was confirmed meanwhile.
    private func enrolment(_ context: ProvenContext) async throws -> SecondFactor.Enrolment? {
        do {
            return try await factors.enrolment(brand: Brand.platform.name, in: context.scope)
        } catch let failure as Failure where failure == .notFound {
            return nil
        }
    }

    private func renewCodes(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let codes = try await factors.renewCodes(in: context.scope)
        return site.page(RecoveryCodesPage(codes: codes, isFirst: false), context).notStored
    }

    private func offForm(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard try await factors.state(in: context.scope).isOn else { return site.redirect(to: Links.twoFactor) }
        return site.page(TwoFactorOffPage(), context)
    }

    private func turnOff(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        try await site.form(fields, context) {
            try await factors.turnOff(
                password: fields.raw("password"),
                code: fields.text("code"),
                language: Language.current.tag,
                in: context.scope
            )
            return site.redirect(to: Links.twoFactor, saying: t("Two-step sign-in is off."))
        } again: { form in
            TwoFactorOffPage(form: form)
        }
    }
}

extension Response {
    /// What is shown once stays in no cache, not even for the way back.
    fileprivate var notStored: Response {
        var response = self
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
