import HTTPTypes
package import Hummingbird
import NIOConcurrencyHelpers

/// Lets only so many requests be worked on at once and sends the others away with 503, before they cost anything. A
/// request counts until its answer begins.
package struct InFlightLimit<Context: RequestContext>: RouterMiddleware {
    private let maximum: Int
    private let current = NIOLockedValueBox(0)

    package init(_ maximum: Int) {
        self.maximum = maximum
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let isAllowed = current.withLockedValue { count in
            guard count < maximum else { return false }
            count += 1
            return true
        }
        guard isAllowed else { throw RequestProblem.busy }
        defer { current.withLockedValue { $0 -= 1 } }
        return try await next(request, context)
    }
}

extension RequestProblem {
    package static let busy = RequestProblem(
        .serviceUnavailable,
        "busy",
        "The server is very busy. Please try again in a moment.",
        headers: [.retryAfter: "2"]
    )
}
