import Core
import Hummingbird
package import Web

/// How far somebody is in what they watch, as players tell it.
struct HistoryRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.api(.put, "/api/v1/media/{id}/position", .signedIn, "Remember how far one has watched", keep)
    }

    private struct Place: Decodable {
        let seconds: Double
    }

    private func keep(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameter("id")
        let place = try await request.json(Place.self)
        try await site.platform.history.keep(place.seconds, of: id, in: context.scope)
        return Response(status: .noContent)
    }
}

extension Links {
    package static func apiWatchPlace(_ id: String) -> Link { Link(path: "api", "v1", "media", id, "position") }
}
