import Core
import Hummingbird
import Web

/// Asks whoever signs in to an account that is about to be deleted whether to keep it, before anything else.
struct LeavingAccount: RouterMiddleware {
    /// What is open meanwhile: the question, and going out.
    private static let open = [Links.leaving.url, "/auth/", "/assets/"]

    func handle(
        _ request: Request,
        context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard case .session(let session) = context.identity, session.leavesAt != nil, session.impersonator == nil,
            !Self.open.contains(where: request.uri.path.hasPrefix)
        else { return try await next(request, context) }
        throw Failure.accountLeaves
    }
}
