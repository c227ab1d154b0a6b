import Core
import Hummingbird
import Web

/// One person: their page, what can be changed of them, notes, sessions.
struct PersonRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/admin/users/add", .may(.manageAccounts), "The form to add somebody", addForm)
        routes.form("/admin/users/add", .may(.manageAccounts), "Add somebody", add)
        routes.get("/admin/users/{id}", .may(.manageAccounts), "A person: facts, activity, sessions, notes", show)
        routes.form("/admin/users/{id}/notes", .may(.manageAccounts), "Write a note about a person", addNote)
        routes.form(
            "/admin/users/{id}/sessions",
            .may(.manageAccounts),
            "End one or all of their sessions",
            endSessions
        )
        routes.get("/admin/edit_user/{id}", .may(.manageAccounts), "The form to edit a person", editForm)
        routes.form("/admin/edit_user/{id}", .may(.manageAccounts), "Edit a person", edit)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        site.page(try await page(of: try context.parameter("id"), context), context)
    }

    private func page(of id: String, _ context: SignedInContext) async throws -> PersonShow {
        let (platform, scope) = (site.platform, context.scope)
        let person = try await platform.people.find(id, in: scope)
        let below = PeopleRequest(parent: person.account.username, limit: 10)
        return PersonShow(
            person: person,
            use: try await platform.library.storageByKind(of: person.account.id, in: scope),
            sessions: try await platform.sessions.list(of: person.account.id, limit: 20, in: scope).items,
            customers: try await platform.people.page(below, in: scope),
            activity: try await platform.audit.recent(about: person.account.id, in: scope)
        )
    }

    private func addNote(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameter("id")
        let page = try await page(of: id, context)
        return try await site.form(fields, context) {
            try await site.platform.people.addNote(fields.lines("text"), about: id, in: context.scope)
            return site.redirect(to: Links.person(id), saying: t("The note is kept."))
        } again: { form in
            var page = page
            page.form = form
            return page
        }
    }

    private func endSessions(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameter("id")
        let person = try await site.platform.people.find(id, in: context.scope)
        if let session = fields["session"] {
            try await site.platform.sessions.end(publicID: session, in: context.scope)
            return site.redirect(to: Links.person(id), saying: t("The session is ended."))
        }
        let count = try await site.platform.sessions.endAll(for: person.account.id, in: context.scope)
        let text = tn("%1 session is ended.", "%1 sessions are ended.", count: count)
        return site.redirect(to: Links.person(id), saying: text)
    }

    private func editForm(_ request: Request, _ context: ProvenContext) async throws -> Response {
        let person = try await site.platform.people.find(try context.parameter("id"), in: context.scope)
        let types = try await site.platform.userTypes.givable(in: context.scope)
        return site.page(PersonEditPage(person: person, types: types), context)
    }

    private func edit(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let id = try context.parameter("id")
        let person = try await site.platform.people.find(id, in: context.scope)
        let types = try await site.platform.userTypes.givable(in: context.scope)
        return try await site.form(fields, context) {
            try await site.platform.people.edit(id, PersonChange(fields), in: context.scope)
            return site.redirect(to: Links.person(id), saying: t("The changes are saved."))
        } again: { form in
            PersonEditPage(person: person, types: types, form: form)
        }
    }

    private func addForm(_ request: Request, _ context: ProvenContext) async throws -> Response {
        let types = try await site.platform.userTypes.givable(in: context.scope)
        return site.page(PersonAddPage(types: types, canInvite: site.platform.accounts.sendsMail), context)
    }

    private func add(_ fields: FormFields, _ context: ProvenContext) async throws -> Response {
        let types = try await site.platform.userTypes.givable(in: context.scope)
        return try await site.form(fields, context) {
            let account = try await site.platform.people.add(NewPerson(fields), in: context.scope)
            return site.redirect(
                to: Links.person(account.publicID),
                saying: t("\(account.username) has an account now.")
            )
        } again: { form in
            PersonAddPage(form: form, types: types, canInvite: site.platform.accounts.sendsMail)
        }
    }
}

extension PersonChange {
    init(_ fields: FormFields) {
        self.init(
            username: fields.text("username"),
            email: fields.text("email"),
            typeCode: fields.text("user_type"),
            status: fields.text("status"),
            parent: fields.text("parent"),
            version: fields.text("version"),
            language: Language.current.tag
        )
    }
}

extension NewPerson {
    init(_ fields: FormFields) {
        self.init(
            username: fields.text("username"),
            email: fields.text("email"),
            password: fields.raw("password"),
            typeCode: fields.text("user_type"),
            parent: fields.text("parent"),
            language: Language.current.tag
        )
    }
}
