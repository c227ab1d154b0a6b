import Core
import HTTPTypes
import Hummingbird
import Web

/// Addresses for other players, such as VLC and televisions: what they play is authorised by the key in the address alone,
/// piece by piece.
struct AddressRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.api(.post, "/api/v1/media/{id}/address", .signedIn, "Make an address for another player", make)
        routes.get("/play/{key}/{part}", .everyone, "What another player plays", kind: .file, open)
        routes.get("/play/{key}/{part}/{piece}", .everyone, "One quality of it (HLS)", kind: .file, piece)
    }

    private func make(_ request: Request, _ context: InPersonContext) async throws -> Response {
        let details = try await site.platform.media.find(context.parameter("id"), in: context.scope)
        guard details.film != nil || details.assets.contains(.playback) else { throw Failure.mediaNotReady }
        let made = try site.platform.playbackKeys.make(for: details.media.publicID, in: context.scope)
        let link = Links.play(by: made.key, details.prefersFile ? Self.file : FilmPlaylist.index)
        var json = JSONWriter()
        json.object { json in
            json.member("url", site.settings.baseURL + link.url)
            json.member("expires_at", made.expiresAt.rfc3339)
        }
        return .json(json)
    }

    private func open(_ request: Request, _ context: SessionContext) async throws -> Response {
        let opened = try await opened(context)
        switch try context.parameter("part") {
        case FilmPlaylist.index:
            let rungs = try await site.platform.films.rungs(of: opened.publicID, in: opened.scope)
            return Response.playlist(FilmPlaylist.master(rungs, folder: "")).forOtherPlayers
        case Self.file:
            let served = try await site.platform.media.open(.playback, of: opened.publicID, in: opened.scope)
            try await site.platform.streams.admit(opened.publicID, in: opened.scope)
            return try await site.files.response(served, .playback, to: request, context.site, watch(opened, context))
                .forOtherPlayers
        case _: throw Failure.notFound
        }
    }

    private func piece(_ request: Request, _ context: SessionContext) async throws -> Response {
        let opened = try await opened(context)
        let piece = FilmPiece(
            item: opened.publicID,
            rung: try context.parameter("part"),
            name: try context.parameter("piece")
        )
        return try await site.response(piece, to: request, context.site, in: opened.scope).forOtherPlayers
    }

    private func opened(_ context: SessionContext) async throws -> PlaybackKeys.Opened {
        try await site.platform.playbackKeys.open(context.parameter("key"), origin: context.site.origin)
    }

    private func watch(_ opened: PlaybackKeys.Opened, _ context: SessionContext) throws -> SendWatch {
        let key = try context.parameter("key")
        return SendWatch { [platform = site.platform, origin = context.site.origin] hasMoved in
            await platform.mayGoOn(opened.publicID, in: opened.scope, hasMoved: hasMoved) {
                (try? await platform.playbackKeys.open(key, origin: origin)) != nil
            }
        }
    }

    private static let file = "film"
}

extension Response {
    /// A television's player is a page of somebody else's. It may read what the key opens, and tells nobody the address.
    fileprivate var forOtherPlayers: Response {
        var response = self
        response.headers[.accessControlAllowOrigin] = "*"
        response.headers[.crossOriginResourcePolicy] = "cross-origin"
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }
}

extension Links {
    /// What another player plays.
    static func play(by key: String, _ name: String) -> Link { Link(path: "play", key, name) }
    static func apiAddress(_ id: String) -> Link { Link(path: "api", "v1", "media", id, "address") }
}
