import Core
import Hummingbird

/// The site's own style sheet, scripts and pictures.
struct AssetRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get(
            "/assets/{hash}/{name}",
            .everyone,
            "Style sheet, scripts and pictures of the site",
            kind: .file,
            asset
        )
    }

    private func asset(_ request: Request, _ context: SessionContext) async throws -> Response {
        guard let response = try site.assets.response(context.parameter("name"), to: request) else {
            throw Failure.notFound
        }
        return response
    }
}
