import Core
import Hummingbird
import Synchronization
import Web

/// Live status of items, for pages that stay open while something is made.
struct StatusRoutes: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.get("/media/events", .everyone, "Live status of items, as server-sent events", kind: .api, events)
    }

    /// Tells of each item when something about it has changed, first of all how it stands. It ends when all are done, and
    /// with the session of whoever listens.
    private func events(_ request: Request, _ context: SessionContext) async throws -> Response {
        let ids = (request.uri.queryParameters["ids"] ?? "").split(separator: ",").map { String($0) }
        guard !ids.isEmpty, ids.count <= 100 else {
            throw Failure.invalid([.init("ids", "Name from 1 to 100 items, separated by commas.")])
        }
        let told = LastTold()
        let site = site
        return EventStream().response(isStopping: { site.isStopping }) {
            guard try await site.isStillThere(context.site) else { return nil }
            let now = try await site.platform.media.statuses(ids, in: context.scope)
            guard let changed = told.changes(now) else { return nil }
            return changed.map { ServerSentEvent("status", data: $0.json) }
        }
    }
}

/// What a page has been told already.
private final class LastTold: Sendable {
    private let state = Mutex<(statuses: [String: MediaStatus], isDone: Bool)>(([:], false))

    /// What is new; nil once everything has come to its end and that was told.
    func changes(_ now: [MediaStatus]) -> [MediaStatus]? {
        state.withLock { state in
            if state.isDone { return nil }
            let new = now.filter { state.statuses[$0.publicID] != $0 }
            for status in new { state.statuses[status.publicID] = status }
            state.isDone = now.allSatisfy { $0.status != .processing }
            return new
        }
    }
}

extension MediaStatus {
    fileprivate var json: String {
        var json = JSONWriter(capacity: 200)
        json.object { json in
            json.member("id", publicID)
            json.member("status", status.rawValue)
            json.member("progress", progress)
            json.member("message", message.map { t(verbatim: $0) })
            json.member("thumbnail", thumbnailTag.map { Links.mediaThumbnail(publicID, tag: $0).url })
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
