import Core
import Hummingbird
import Web

/// Items as JSON.
struct MediaAPI: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.api(.get, "/api/v1/media", .everyone, "List items", list)
        routes.api(.get, "/api/v1/media/{id}", .everyone, "One item", show)
        routes.api(.patch, "/api/v1/media/{id}", .signedIn, "Describe an item", edit)
        routes.api(.delete, "/api/v1/media/{id}", .signedIn, "Put an item into the trash", delete)
    }

    private func list(_ request: Request, _ context: SessionContext) async throws -> Response {
        let query = request.uri.queryParameters
        let filter = LibraryFilter(query)
        let limit = query["limit"].flatMap { Int($0) } ?? 50
        let list = LibraryRequest(filter, cursor: try query.cursor, limit: limit)
        let page = try await site.platform.library.page(list, in: context.scope)
        return .json(page) { item, json in item.write(to: &json) }
    }

    private func show(_ request: Request, _ context: SessionContext) async throws -> Response {
        let details = try await site.platform.media.find(context.parameter("id"), in: context.scope)
        let status = try await site.platform.media.statuses([details.media.publicID], in: context.scope).first
        var json = JSONWriter()
        json.object { details.write(to: &$0, status: status) }
        return .json(json)
    }

    private struct Edit: Decodable {
        let title: String?
        let description: String?
        let visibility: String?
        /// 6, 12, 16 or 18; 0 takes the rating away.
        let ageRating: Int64?

        enum CodingKeys: String, CodingKey {
            case title, description, visibility
            case ageRating = "age_rating"
        }
    }

    private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameter("id")
        let edit = try await request.json(Edit.self)
        let media = try await site.platform.media.find(id, in: context.scope).media
        let changes = try MediaChanges(
            title: edit.title ?? media.title,
            description: edit.description ?? media.description,
            visibility: edit.visibility ?? media.visibility.rawValue,
            ageRating: (edit.ageRating ?? media.ageRating?.rawValue).map { $0 == 0 ? "" : "\($0)" } ?? ""
        )
        try await site.platform.media.edit(id, changes, in: context.scope)
        let details = try await site.platform.media.find(id, in: context.scope)
        var json = JSONWriter()
        json.object { details.write(to: &$0, status: nil) }
        return .json(json)
    }

    private func delete(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await site.platform.trash.put(context.parameter("id"), in: context.scope)
        return Response(status: .noContent)
    }
}

extension LibraryItem {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("id", publicID)
        json.member("type", kind.rawValue)
        json.member("title", title)
        json.member("visibility", visibility.rawValue)
        json.member("status", status.rawValue)
        json.member("size", size)
        json.member("duration", duration.map { Double($0.inMilliseconds) / 1000 })
        json.member("width", width)
        json.member("height", height)
        json.member("created_at", createdAt.rfc3339)
        json.member("thumbnail", thumbnailTag.map { Links.mediaThumbnail(publicID, tag: $0).url })
    }
}

extension MediaDetails {
    fileprivate func write(to json: inout JSONWriter, status: MediaStatus?) {
        json.member("id", media.publicID)
        json.member("type", media.kind.rawValue)
        json.member("title", media.title)
        json.member("description", media.description)
        json.member("visibility", media.visibility.rawValue)
        json.member("age_rating", media.ageRating?.rawValue)
        json.member("status", media.status.rawValue)
        json.member("progress", status?.progress)
        json.member("problem", media.problem)
        json.member("filename", file.filename)
        json.member("content_type", file.contentType)
        json.member("size", file.size)
        json.member("sha256", file.sha256)
        json.member("duration", media.duration.map { Double($0.inMilliseconds) / 1000 })
        json.member("width", media.width)
        json.member("height", media.height)
        json.member("created_at", media.createdAt.rfc3339)
        json.member("updated_at", media.updatedAt.rfc3339)
        json.member("links") { json in
            json.object { json in
                json.member("self", Links.apiMedia(media.publicID).url)
                json.member("page", Links.media(media.publicID).url)
                if assets.contains(.playback) { json.member("play", Links.mediaPlay(media.publicID).url) }
                if assets.contains(.display) { json.member("display", Links.mediaDisplay(media.publicID).url) }
                if assets.contains(.thumbnail) { json.member("thumbnail", Links.mediaThumbnail(media.publicID).url) }
                if assets.contains(.original) { json.member("download", Links.mediaDownload(media.publicID).url) }
            }
        }
        json.member("job", media.job.map { Links.apiJob($0.description).url })
    }
}
