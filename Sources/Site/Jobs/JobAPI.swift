import Core
import Hummingbird
package import Web

/// Work in the background, as JSON.
struct JobAPI: Sendable {
    let site: Site

    func mount(on routes: inout RouteTable) {
        routes.api(.get, "/api/v1/jobs/{id}", .signedIn, "How far a piece of work is", show)
        routes.api(.post, "/api/v1/jobs/{id}/cancel", .signedIn, "Cancel a piece of work", cancel)
        routes.api(.post, "/api/v1/jobs/{id}/retry", .signedIn, "Try a piece of work again", retry)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let job = try await site.platform.jobs.find(id(context), in: context.scope)
        var json = JSONWriter()
        json.object { json in
            json.member("id", job.id.value)
            json.member("kind", job.kind.rawValue)
            json.member("state", job.state.rawValue)
            json.member("progress", job.progress)
            json.member("message", job.message)
            json.member("attempt", job.attempt)
            json.member("max_attempts", job.maxAttempts)
            json.member("error", job.lastError)
            json.member("created_at", job.createdAt.rfc3339)
            json.member("started_at", job.startedAt?.rfc3339)
            json.member("finished_at", job.finishedAt?.rfc3339)
        }
        return .json(json)
    }

    private func cancel(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await site.platform.jobs.cancel(id(context), in: context.scope)
        return try await show(request, context)
    }

    private func retry(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await site.platform.jobs.retry(id(context), in: context.scope)
        return try await show(request, context)
    }

    private func id(_ context: SignedInContext) throws -> ID<Job> {
        guard let number = Int64(try context.parameter("id")) else { throw Failure.notFound }
        return ID(number)
    }
}

extension Links {
    package static func apiJob(_ id: String) -> Link { Link(path: "api", "v1", "jobs", id) }
}
