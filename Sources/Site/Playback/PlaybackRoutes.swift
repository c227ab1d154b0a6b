import Core
import Hummingbird
import Web

/// Encoded films, as players ask for them piece by piece. Each piece is authorised by itself.
struct PlaybackRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/media/{id}/stream", .everyone, "The qualities of a film (HLS)", kind: .file, master)
        routes.get(
            "/media/{id}/stream/{rung}/{piece}",
            .everyone,
            "One quality: its playlist, header and segments (HLS)",
            kind: .file,
            piece
        )
    }

    private func master(_ request: Request, _ context: SessionContext) async throws -> Response {
        let rungs = try await site.platform.films.rungs(of: context.parameter("id"), in: context.scope)
        return .playlist(FilmPlaylist.master(rungs, folder: "stream/"))
    }

    private func piece(_ request: Request, _ context: SessionContext) async throws -> Response {
        let piece = FilmPiece(
            item: try context.parameter("id"),
            rung: try context.parameter("rung"),
            name: try context.parameter("piece")
        )
        return try await site.response(piece, to: request, context.site, in: context.scope)
    }
}
