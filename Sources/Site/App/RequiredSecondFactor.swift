import Core
import Hummingbird
import Web

/// Leads those whose user type needs a second factor to where it is set up, before anything else.
struct RequiredSecondFactor: RouterMiddleware {
    let userTypes: Set<String>

    /// What is open meanwhile: setting it up, proving who one is, going out.
    private static let open = [Links.twoFactor.url, Links.leaving.url, "/auth/", "/assets/"]

    func handle(
        _ request: Request,
        context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard case .session(let session) = context.identity, userTypes.contains(session.userType.code),
            session.impersonator == nil, !session.hasSecondFactor,
            !Self.open.contains(where: request.uri.path.hasPrefix)
        else { return try await next(request, context) }
        throw Failure.secondFactorIsRequired
    }
}
