import Core
import Hummingbird
import Web

/// Asks who is watching, in a browser where nobody said it yet, before anything else.
struct ProfileChoice: RouterMiddleware {
    /// What is open meanwhile: the choice, changing the profiles, keeping the account, going out, and what is for everybody.
    private static let open = [
        Links.profiles().url, Links.leaving.url, "/auth/", "/assets/", "/livez", "/readyz", Links.privacyPolicy.url,
        Links.termsOfService.url,
    ]

    func handle(
        _ request: Request,
        context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard case .session(let session) = context.identity, session.hasToChoose,
            !Self.open.contains(where: request.uri.path.hasPrefix)
        else { return try await next(request, context) }
        throw Failure.profileNotChosen
    }
}
