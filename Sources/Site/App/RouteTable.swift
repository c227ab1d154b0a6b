import Core
import HTTPTypes
import Hummingbird
import Web

/// Every route of the site. Features mount theirs; each says who may come in and, where it changes something, how the
/// person proves to have meant it. The table stays beside the router, for matrices, listings and descriptions.
package struct RouteTable {
    package private(set) var routes: [Route] = []
    let router: Router<SiteContext>

    init(router: Router<SiteContext>) {
        self.router = router
    }

    /// A page, or anything else that only reads.
    mutating func get<Context: NarrowContext>(
        _ path: String,
        _ access: Route.Access,
        _ summary: String,
        kind: Route.Kind = .page,
        _ handler: @escaping @Sendable (Request, Context) async throws -> Response
    ) {
        add(.get, path, access, .none, kind, summary, handler)
    }

    /// A form that was sent. Its token was checked on the way here, by `CrossSiteProtection`.
    mutating func form<Context: NarrowContext>(
        _ path: String,
        _ access: Route.Access,
        _ summary: String,
        _ handler: @escaping @Sendable (FormFields, Context) async throws -> Response
    ) {
        add(.post, path, access, .formToken, .page, summary) { (request, context: Context) in
            try await handler(FormFields(request), context)
        }
    }

    /// A form with files, whose handler reads the stream.
    mutating func stream<Context: NarrowContext>(
        _ path: String,
        _ access: Route.Access,
        _ summary: String,
        _ handler: @escaping @Sendable (Request, Context) async throws -> Response
    ) {
        add(.post, path, access, .formToken, .page, summary, handler)
    }

    /// A call of a program, or of a script in a page.
    mutating func api<Context: NarrowContext>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ access: Route.Access,
        _ summary: String,
        _ handler: @escaping @Sendable (Request, Context) async throws -> Response
    ) {
        add(method, path, access, method.isSafe ? .none : .headerToken, .api, summary, handler)
    }

    private mutating func add<Context: NarrowContext>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ access: Route.Access,
        _ proof: Route.Proof,
        _ kind: Route.Kind,
        _ summary: String,
        _ handler: @escaping @Sendable (Request, Context) async throws -> Response
    ) {
        let route = Route(method: method, path: path, access: access, proof: proof, kind: kind, summary: summary)
        routes.append(route)
        router.on(RouterPath(path), method: method) { request, site in
            let context = try Context(site)
            try access.check(context.scope)
            if route.isPersonal || route.isOfHousehold, context.scope.impersonator != nil {
                throw Failure.notWhileActing
            }
            if route.isPersonal || route.isOfAccount, context.scope.isLimited { throw Failure.onlyWatching }
            return try await handler(request, context)
        }
    }
}
