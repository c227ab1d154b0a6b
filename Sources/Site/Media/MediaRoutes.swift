import Core
import Hummingbird
import Web

/// One item: its page, its description, and its way to the trash.
struct MediaRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/media/{id}", .everyone, "An item's page", show)
        routes.get("/media/{id}/edit", .signedIn, "The form to describe an item", edit)
        routes.form("/media/{id}/edit", .signedIn, "Describe an item", save)
        routes.get("/media/{id}/delete", .signedIn, "Ask whether to delete an item", confirmDelete)
        routes.form("/media/{id}/delete", .signedIn, "Put an item into the trash", delete)
        routes.form("/media/{id}/retry", .signedIn, "Try again to make what pages show of an item", retry)
    }

    private func show(_ request: Request, _ context: SessionContext) async throws -> Response {
        let details = try await site.platform.media.find(context.parameter("id"), in: context.scope)
        let status = try await site.platform.media.statuses([details.media.publicID], in: context.scope).first
        let owner = try await ownerToName(details, context)
        let media = MediaDetail(
            details,
            status: status,
            owner: owner,
            isCounted: context.scope.limits.streams != nil,
            baseURL: site.settings.baseURL,
            memory: try await memory(of: details.media, context)
        )
        return site.page(MediaShow(media: media), context)
    }

    /// Those who manage somebody else's item are told whose it is.
    private func ownerToName(_ details: MediaDetails, _ context: SessionContext) async throws -> String? {
        let owner = details.media.owner
        guard details.mayManage, owner != context.scope.account else { return nil }
        return try await site.platform.accounts.names(of: [owner], in: context.scope)[owner]
    }

    private func memory(of media: Media, _ context: SessionContext) async throws -> MediaDetail.Memory? {
        guard context.scope.watching != nil else { return nil }
        let place = try await site.platform.history.place(in: media.publicID, for: context.scope)
        return MediaDetail.Memory(link: Links.apiWatchPlace(media.publicID), place: place)
    }

    private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let media = try await manageable(context).media
        let form = FormState(values: [
            "title": media.title, "description": media.description, "visibility": media.visibility.rawValue,
            "age_rating": media.ageRating.map { "\($0.rawValue)" } ?? "",
        ])
        return site.page(MediaEdit(id: media.publicID, title: media.title, form: form), context)
    }

    private func save(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let media = try await manageable(context).media
        return try await site.form(fields, context) {
            let changes = try MediaChanges(
                title: fields.text("title"),
                description: fields.lines("description"),
                visibility: fields.text("visibility"),
                ageRating: fields.text("age_rating")
            )
            try await site.platform.media.edit(media.publicID, changes, in: context.scope)
            return site.redirect(to: Links.media(media.publicID), saying: t("Saved."))
        } again: { form in
            MediaEdit(id: media.publicID, title: media.title, form: form)
        }
    }

    private func confirmDelete(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let media = try await manageable(context).media
        return site.page(MediaDelete(id: media.publicID, title: media.title), context)
    }

    private func delete(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let media = try await manageable(context).media
        try await site.platform.trash.put(media.publicID, in: context.scope)
        let days = TrashItem.lifetime.components.seconds / 86_400
        let text = t("“\(media.title)” is in the trash, and can be brought back for \(Int(days)) days.")
        let isOwn = media.owner == context.scope.account
        return site.redirect(to: isOwn ? Links.mine : Links.managed, saying: text)
    }

    private func retry(_ fields: FormFields, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameter("id")
        try await site.platform.media.process(id, in: context.scope)
        return site.redirect(to: Links.media(id))
    }

    /// The item, when whoever asks may change it.
    private func manageable(_ context: SignedInContext) async throws -> MediaDetails {
        let details = try await site.platform.media.find(context.parameter("id"), in: context.scope)
        guard details.mayManage else { throw Failure.forbidden }
        return details
    }
}
