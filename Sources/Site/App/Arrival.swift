import Core
import HTTPTypes
import Hummingbird
import Web

/// The door: finds out which brand a request came to, from where, in which language, and who asks.
struct Arrival: RouterMiddleware {
    let platform: Platform
    let cookies: SiteCookies
    let proxies: TrustedProxies

    func handle(
        _ request: Request,
        context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let client = proxies.origin(
            peer: IPAddress(context.remoteAddress),
            isSecure: request.head.scheme == "https",
            headers: request.headers
        )
        context.here = Link(local: request.uri.string) ?? Link()
        context.sessionToken = cookies.session.value(in: request)
        context.device = cookies.device.value(in: request)
        context.ownSessionToken = cookies.ownSession.value(in: request)
        context.secondStep = cookies.secondStep.value(in: request)
        context.arrivedAt = platform.effects.now()
        context.origin = Scope.Origin(
            address: client.address?.text ?? "",
            userAgent: String((request.headers[.userAgent] ?? "").prefix(400)),
            requestID: context.id
        )
        // Probes and assets are the same for everybody, and must answer when the database does not.
        guard !Self.isForEverybody(request.uri.path) else { return try await next(request, context) }
        context.tenant = try await platform.tenants.serving(host: client.host ?? request.head.authority ?? "").id
        context.identity = try await identity(of: request, context)
        return try await next(request, context)
    }

    private static func isForEverybody(_ path: String) -> Bool {
        path == "/livez" || path == "/readyz" || path.hasPrefix("/assets/")
    }

    /// A bearer token is judged by itself; a wrong one is refused instead of falling back to the cookie.
    private func identity(of request: Request, _ context: SiteContext) async throws -> SiteContext.Identity {
        if request.hasBearerToken, let header = request.headers[.authorization] {
            let secret = header.dropFirst("bearer ".count).trimming([" "])
            guard let bearer = try await platform.tokens.authenticate(secret) else { throw Failure.badToken }
            return .token(bearer)
        }
        guard let token = context.sessionToken, let session = try await platform.sessions.resume(token)
        else { return .visitor }
        return .session(session)
    }
}

extension Failure {
    static let badToken = Failure(.notSignedIn, "bad_token", "This token is unknown, revoked or expired.")
}
