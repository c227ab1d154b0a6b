import HTTPTypes
package import Hummingbird
import Logging

/// Gives every request an id: in each of its log lines, in its answer (`X-Request-ID`), on its error page. Ids that come
/// from outside are not taken over, so that nobody can forge or confuse the trace of a request.
package struct RequestIdentity<Context: RequestContext>: RouterMiddleware {
    private let makeID: @Sendable () -> String

    package init(makeID: @escaping @Sendable () -> String = { randomID() }) {
        self.makeID = makeID
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let id = makeID()
        var context = context
        // Under Hummingbird's key, from which `context.id` reads it.
        context.logger[metadataKey: "hb.request.id"] = .string(id)
        var response = try await answering(request, context, next)
        response.headers[.requestID] = id
        return response
    }
}

/// 64 random bits in hexadecimal: short enough to be read out on the telephone.
package func randomID() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}

extension HTTPField.Name {
    package static let requestID = HTTPField.Name(literal: "X-Request-ID")
}

/// The answer of what lies inside, also when it threw one that is an answer. Middleware that adds something to every answer
/// uses this, as the router turns such errors into answers only outside all middleware.
func answering<Context: RequestContext>(
    _ request: Request,
    _ context: Context,
    _ next: (Request, Context) async throws -> Response
) async throws -> Response {
    do {
        return try await next(request, context)
    } catch let error as any HTTPResponseError {
        return try error.response(from: request, context: context)
    }
}
