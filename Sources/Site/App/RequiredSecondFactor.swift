import Core
import Hummingbird
import Web

/// Leads those whose user type needs a second factor to where it is set up, before anything else. Programs with their tokens
/// wait until then.
struct RequiredSecondFactor: RouterMiddleware {
    let userTypes: Set<String>

    /// What is open meanwhile: setting it up, proving who one is, going out.
    private static let open = [Links.twoFactor.url, Links.leaving.url, "/auth/", "/assets/"]

    func handle(
        _ request: Request,
        context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard isMissing(context.identity), !Self.open.contains(where: request.uri.path.hasPrefix) else {
            return try await next(request, context)
        }
        throw Failure.secondFactorIsRequired
    }

    private func isMissing(_ identity: SiteContext.Identity) -> Bool {
        switch identity {
        case .visitor: false
        case .session(let session):
            userTypes.contains(session.userType.code) && session.impersonator == nil && !session.hasSecondFactor
        case .token(let bearer): userTypes.contains(bearer.userType.code) && !bearer.hasSecondFactor
        }
    }
}
