import Core
import HTTPTypes
import Hummingbird
import Web

/// The profiles of those who share an account: who is watching, and who can.
struct ViewerProfileRoutes: Sendable {
    let site: Site

    private var profiles: ViewerProfiles { site.platform.viewerProfiles }

    func mount(on routes: inout RouteTable) {
        routes.get("/user/profiles", .signedIn, "Who is watching", list)
        routes.get("/user/profiles/manage", .signedIn, "Your profiles", manage)
        routes.get("/user/profiles/add", .signedIn, "The form for a new profile", addForm)
        routes.form("/user/profiles/add", .signedIn, "Make a profile", add)
        routes.get("/user/profiles/{id}", .signedIn, "The form that asks for a profile's PIN", key)
        routes.form("/user/profiles/{id}", .signedIn, "Watch under a profile", choose)
        routes.get("/user/profiles/{id}/edit", .signedIn, "The form to change a profile", edit)
        routes.form("/user/profiles/{id}/edit", .signedIn, "Change a profile", save)
        routes.get("/user/profiles/{id}/delete", .signedIn, "Ask whether to remove a profile", confirmDelete)
        routes.form("/user/profiles/{id}/delete", .signedIn, "Remove a profile with its history", delete)
    }

    private func list(_ request: Request, _ context: InPersonContext) async throws -> Response {
        let all = try await profiles.list(in: context.scope)
        return site.page(ProfilesPage(profiles: all, watching: context.scope.watching, next: request.next), context)
    }

    private func manage(_ request: Request, _ context: InPersonContext) async throws -> Response {
        site.page(ProfilesManagePage(profiles: try await profiles.list(in: context.scope)), context)
    }

    private func key(_ request: Request, _ context: InPersonContext) async throws -> Response {
        let profile = try await profiles.find(context.parameter("id"), in: context.scope)
        let door = ProfileDoor(toWatch: profile, from: context.scope.watching)
        return site.page(ProfileKeyPage(profile: profile, door: door, next: request.next), context)
    }

    private func choose(_ fields: FormFields, _ context: InPersonContext) async throws -> Response {
        let profile = try await profiles.find(context.parameter("id"), in: context.scope)
        let next = Link(local: fields.raw("next"))
        return try await form(fields, context) {
            try await profiles.choose(profile.publicID, context.key(fields), for: context.session.id, in: context.scope)
            return site.redirect(to: next ?? Links.dashboard)
        } again: { form in
            let door = ProfileDoor(toWatch: profile, from: context.scope.watching)
            return ProfileKeyPage(profile: profile, door: door, form: form, next: next)
        }
    }

    private func addForm(_ request: Request, _ context: InPersonContext) async throws -> Response {
        site.page(ProfileEditPage(profile: nil, door: context.door(of: nil)), context)
    }

    private func add(_ fields: FormFields, _ context: InPersonContext) async throws -> Response {
        try await form(fields, context) {
            let change = try ViewerProfileChange(fields)
            try await profiles.add(change, context.key(fields), in: context.scope)
            return site.redirect(to: Links.manageProfiles, saying: t("“\(change.name)” can watch now."))
        } again: { form in
            ProfileEditPage(profile: nil, door: context.door(of: nil), form: form)
        }
    }

    private func edit(_ request: Request, _ context: InPersonContext) async throws -> Response {
        let profile = try await profiles.find(context.parameter("id"), in: context.scope)
        return site.page(ProfileEditPage(profile: profile, door: context.door(of: profile)), context)
    }

    private func save(_ fields: FormFields, _ context: InPersonContext) async throws -> Response {
        let profile = try await profiles.find(context.parameter("id"), in: context.scope)
        return try await form(fields, context) {
            let change = try ViewerProfileChange(fields)
            try await profiles.change(profile.publicID, change, context.key(fields), in: context.scope)
            return site.redirect(to: Links.manageProfiles, saying: t("Saved."))
        } again: { form in
            ProfileEditPage(profile: profile, door: context.door(of: profile), form: form)
        }
    }

    private func confirmDelete(_ request: Request, _ context: InPersonContext) async throws -> Response {
        site.page(try await deletePage(context)(FormState()), context)
    }

    private func delete(_ fields: FormFields, _ context: InPersonContext) async throws -> Response {
        let page = try await deletePage(context)
        let id = try context.parameter("id")
        return try await form(fields, context) {
            try await profiles.remove(id, context.key(fields), from: context.session.id, in: context.scope)
            return site.redirect(to: Links.manageProfiles, saying: t("The profile and its history are gone."))
        } again: { form in
            page(form)
        }
    }

    private func deletePage(_ context: InPersonContext) async throws -> (FormState) -> ProfileDeletePage {
        let profile = try await profiles.find(context.parameter("id"), in: context.scope)
        let history = try await site.platform.history.count(of: profile, in: context.scope)
        return { form in
            ProfileDeletePage(profile: profile, door: context.door(of: profile), history: history, form: form)
        }
    }

    /// Whoever guessed too often finds the form again, too, and how long to wait.
    private func form<Again: Page>(
        _ fields: FormFields,
        _ context: InPersonContext,
        _ body: () async throws -> Response,
        again: (FormState) -> Again
    ) async throws -> Response {
        do {
            return try await site.form(fields, context, body, again: again)
        } catch let failure as Failure where failure.kind == .tooMany {
            let seconds = Int((failure.retryAfter ?? .minutes(1)).roundedUpSeconds)
            let state = FormState(fields, message: "\(t(verbatim: failure.message)) \(site.again(after: seconds))")
            var response = site.page(again(state), context, status: .tooManyRequests)
            response.headers[.retryAfter] = "\(seconds)"
            return response
        }
    }
}

extension InPersonContext {
    /// What somebody typed to open a profile.
    fileprivate func key(_ fields: FormFields) -> ProfileKey {
        ProfileKey(pin: fields.text("profile_pin"), password: proof(fields.raw("current_password")))
    }

    /// What changing a profile asks for; nil is a new one.
    fileprivate func door(of profile: ViewerProfile?) -> ProfileDoor {
        ProfileDoor(toManage: profile, from: scope.watching)
    }
}

extension ViewerProfileChange {
    fileprivate init(_ fields: FormFields) throws(Failure) {
        try self.init(
            name: fields.text("name"),
            picture: fields.text("picture"),
            colour: fields.text("colour"),
            ageLimit: fields.text("age_limit"),
            pin: fields.text("pin"),
            removesPIN: fields.isOn("remove_pin")
        )
    }
}

extension Request {
    /// Where somebody wanted to go.
    fileprivate var next: Link? { uri.queryParameters["next"].flatMap { Link(local: String($0)) } }
}
