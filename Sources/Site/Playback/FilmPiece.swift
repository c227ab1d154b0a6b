import Core
import Hummingbird
import NIOCore
import Web

/// A part of one quality of a film, as its address names it: a playlist, the header, or a segment.
struct FilmPiece: Sendable {
    let item: String
    let rung: String
    let name: String
}

extension Site {
    /// Each piece is authorised by itself, and a segment counts as playing.
    func response(
        _ piece: FilmPiece,
        to request: Request,
        _ context: SiteContext,
        in scope: Scope
    ) async throws -> Response {
        let films = platform.films
        switch piece.name {
        case FilmPlaylist.index:
            return .playlist(FilmPlaylist.media(try await films.rung(piece.rung, of: piece.item, in: scope)))
        case FilmPlaylist.header:
            return .header(try await films.rung(piece.rung, of: piece.item, in: scope).header)
        case let name:
            guard name.hasSuffix(FilmPlaylist.segmentEnding),
                let number = Int(name.dropLast(FilmPlaylist.segmentEnding.count))
            else { throw Failure.notFound }
            let served = try await films.segment(number, of: piece.rung, in: piece.item, for: scope)
            try await platform.streams.admit(piece.item, in: scope)
            return try await files.response(served, .playback, to: request, context)
        }
    }
}

extension Response {
    static func playlist(_ text: String) -> Response {
        .small(ByteBuffer(string: text), FilmPlaylist.contentType)
    }

    fileprivate static func header(_ bytes: [UInt8]) -> Response {
        .small(ByteBuffer(bytes: bytes), "video/mp4")
    }

    private static func small(_ bytes: ByteBuffer, _ contentType: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: contentType, .cacheControl: "private, no-cache", .xContentTypeOptions: "nosniff"],
            body: ResponseBody(byteBuffer: bytes)
        )
    }
}
