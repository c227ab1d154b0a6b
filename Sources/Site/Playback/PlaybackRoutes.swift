import Core
import HTTPTypes
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
        return .playlist(FilmPlaylist.master(rungs))
    }

    private func piece(_ request: Request, _ context: SessionContext) async throws -> Response {
        let (id, tag) = (try context.parameter("id"), try context.parameter("rung"))
        let name = try context.parameter("piece")
        let films = site.platform.films
        switch name {
        case FilmPlaylist.index:
            return .playlist(FilmPlaylist.media(try await films.rung(tag, of: id, in: context.scope)))
        case FilmPlaylist.header:
            let rung = try await films.rung(tag, of: id, in: context.scope)
            return .piece(rung.header)
        case _:
            guard name.hasSuffix(FilmPlaylist.segmentEnding),
                let number = Int(name.dropLast(FilmPlaylist.segmentEnding.count))
            else { throw Failure.notFound }
            let served = try await films.segment(number, of: tag, in: id, for: context.scope)
            try await site.platform.streams.admit(id, in: context.scope)
            return try await site.files.response(served, .playback, to: request, context.site)
        }
    }
}

extension Response {
    fileprivate static func playlist(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: FilmPlaylist.contentType, .cacheControl: "private, no-cache",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    fileprivate static func piece(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "video/mp4", .cacheControl: "private, no-cache", .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
