import Core
import HTTPTypes
import Hummingbird
import Web

/// Writes into the audit trail what somebody who is signed in tried to do without the permission for it.
struct RefusedAttempts: RouterMiddleware {
    let site: Site
    /// Of one account: whoever tries by the thousand does not fill the trail.
    private let limiter = RateLimiter(RateLimit(30, per: .minutes(1)))

    init(site: Site) {
        self.site = site
    }

    func handle(
        _ request: Request,
        context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let failure as Failure where failure.isAudited {
            if let account = context.scope.account, limiter.take("\(account)").isAllowed {
                let attempt = RefusedAttempt(
                    method: request.method.rawValue,
                    path: request.uri.path,
                    code: failure.code
                )
                try await site.platform.audit.recordRefusal(attempt, in: context.scope)
            }
            throw failure
        }
    }
}

extension Failure {
    /// Being asked for a second factor or for a proof is no refusal.
    fileprivate var isAudited: Bool {
        kind == .forbidden && self != .proofNeeded && self != .secondFactorIsRequired
    }
}
