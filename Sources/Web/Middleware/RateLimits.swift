import HTTPTypes
package import Hummingbird

/// Refuses what comes too often with 429, and tells in `RateLimit` headers how much is left
/// (draft-ietf-httpapi-ratelimit-headers).
package struct RateLimits<Context: RequestContext>: RouterMiddleware {
    private let name: String
    private let limiter: RateLimiter
    private let key: @Sendable (Request, Context) -> String?

    /// - Parameters:
    ///   - name: what is limited, for clients that read headers: `sign-in`.
    ///   - key: whose requests are counted together (an account, an address); nil is not limited.
    package init(
        _ name: StaticString,
        _ limiter: RateLimiter,
        key: @escaping @Sendable (Request, Context) -> String?
    ) {
        self.name = name.description
        self.limiter = limiter
        self.key = key
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let key = key(request, context) else { return try await next(request, context) }
        let verdict = limiter.take(key)
        guard verdict.isAllowed else {
            var headers = headers(verdict)
            headers[.retryAfter] = "\(verdict.retryAfter.roundedUpSeconds)"
            throw RequestProblem(
                .tooManyRequests,
                "too_many_requests",
                "That was too often.",
                headers: headers
            )
        }
        var response = try await answering(request, context, next)
        for field in headers(verdict) where !response.headers.contains(field.name) { response.headers.append(field) }
        return response
    }

    private func headers(_ verdict: RateLimiter.Verdict) -> HTTPFields {
        let limit = limiter.limit
        return [
            .rateLimitPolicy: "\"\(name)\";q=\(limit.count);w=\(limit.period.roundedUpSeconds)",
            .rateLimit: "\"\(name)\";r=\(verdict.remaining);t=\(verdict.reset.roundedUpSeconds)",
        ]
    }
}

extension Duration {
    /// At least 1, as `Retry-After: 0` invites a storm.
    package var roundedUpSeconds: Int64 {
        max(1, components.seconds + (components.attoseconds > 0 ? 1 : 0))
    }
}

extension HTTPField.Name {
    package static let rateLimit = HTTPField.Name(literal: "RateLimit")
    package static let rateLimitPolicy = HTTPField.Name(literal: "RateLimit-Policy")
}
