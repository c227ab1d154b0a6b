import Core
import Hummingbird
import Web

/// What plays where: players claim a stream before they play, say now and then that they still do, and end it.
struct StreamAPI: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.api(.post, "/api/v1/media/{id}/stream", .signedIn, "Begin to play an item", begin)
        routes.api(.put, "/api/v1/media/{id}/stream", .signedIn, "Say that an item still plays", keep)
        routes.api(.delete, "/api/v1/media/{id}/stream", .signedIn, "Say that an item plays no more", end)
        routes.api(.get, "/api/v1/streams", .signedIn, "What one's own account plays now", list)
        routes.api(.delete, "/api/v1/streams/{id}", .signedIn, "End what plays elsewhere", takeOver)
    }

    private func begin(_ request: Request, _ context: SignedInContext) async throws -> Response {
        .stream(try await site.platform.streams.begin(context.parameter("id"), in: context.scope))
    }

    private func keep(_ request: Request, _ context: SignedInContext) async throws -> Response {
        .stream(try await site.platform.streams.keep(context.parameter("id"), in: context.scope))
    }

    private func end(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await site.platform.streams.end(context.parameter("id"), in: context.scope)
        return Response(status: .noContent)
    }

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let streams = try await site.platform.streams.list(in: context.scope)
        var json = JSONWriter()
        json.object { json in json.member("items") { $0.array(of: streams) } }
        return .json(json)
    }

    private func takeOver(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await site.platform.streams.takeOver(context.parameter("id"), in: context.scope)
        return Response(status: .noContent)
    }
}

extension Response {
    /// 200 where it may play; 409 where it may not, with why, and what plays instead.
    fileprivate static func stream(_ answer: StreamAnswer) -> Response {
        var json = JSONWriter()
        json.object { json in
            switch answer {
            case .playing: json.member("state", "playing")
            case .takenOver: json.member("state", "taken_over")
            case .full(let limit, let others):
                json.member("state", "full")
                json.member("limit", limit)
                json.member("others") { $0.array(of: others) }
            }
        }
        var response = Response.json(json)
        response.status = answer == .playing ? .ok : .conflict
        return response
    }
}

extension JSONWriter {
    fileprivate mutating func array(of streams: [OpenStream]) {
        array { json in
            for stream in streams {
                json.object { json in
                    json.member("id", stream.publicID)
                    json.member("title", stream.title)
                    json.member("where", stream.program ?? BrowserName(userAgent: stream.userAgent ?? "").text)
                    json.member("since", stream.startedAt.rfc3339)
                }
            }
        }
    }
}
