import Core
import HTTPTypes
import Hummingbird
import Web

/// The bytes of items. Each request is authorised by itself, so signing out ends what a player has begun.
struct FileRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/media/{id}/play", .everyone, "What a player plays", kind: .file) {
            try await serve(.playback, $0, $1)
        }
        routes.get("/media/{id}/display", .everyone, "The picture or document that a page shows", kind: .file) {
            try await serve(.display, $0, $1)
        }
        routes.get("/media/{id}/file", .everyone, "The document that a page shows", kind: .file) {
            try await serve(.display, $0, $1)
        }
        routes.get("/media/{id}/thumbnail", .everyone, "A picture of at most 300 × 300 pixels", kind: .file) {
            try await serve(.thumbnail, $0, $1)
        }
        routes.get("/media/{id}/poster", .everyone, "The picture before a film begins", kind: .file) {
            try await serve(.poster, $0, $1)
        }
        routes.get("/media/{id}/download", .everyone, "The original, to keep", kind: .file) {
            try await serve(.original, $0, $1)
        }
    }

    private func serve(_ asset: MediaAsset, _ request: Request, _ context: SessionContext) async throws -> Response {
        let id = try context.parameter("id")
        let served = try await site.platform.media.open(asset, of: id, in: context.scope)
        if asset == .playback { try await site.platform.streams.admit(id, in: context.scope) }
        return try await site.files.response(served, asset, to: request, context.site, watch(id, asset, context))
    }

    /// A file may take hours to play; it ends with the session or the token by which it is played.
    private func watch(_ id: String, _ asset: MediaAsset, _ context: SessionContext) -> SendWatch? {
        guard asset == .playback, context.scope.credential != nil else { return nil }
        return SendWatch { [platform = site.platform] hasMoved in
            await platform.mayGoOn(id, in: context.scope, hasMoved: hasMoved) {
                switch context.site.identity {
                case .visitor: true
                case .session: (try? await platform.sessions.isOpen(context.site.sessionToken ?? "")) ?? false
                case .token(let bearer): (try? await platform.tokens.isUsable(bearer)) ?? false
                }
            }
        }
    }
}
