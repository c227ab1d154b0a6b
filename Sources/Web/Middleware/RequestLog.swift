import HTTPTypes
package import Hummingbird
import Logging

/// One line for each request: method, the route's template (never the path, which may hold names and secrets), status,
/// duration until the answer began, bytes when they are known. The id comes with the logger. What no one inside turned
/// into an answer is a fault: it is logged here and shown as 500 without a word about it.
package struct RequestLog<Context: RequestContext>: RouterMiddleware {
    private let clock = ContinuousClock()
    /// Routes that would fill the log and tell nothing, such as health checks; their failures are logged.
    private let quietRoutes: Set<String>

    package init(quietRoutes: Set<String> = []) {
        self.quietRoutes = quietRoutes
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = clock.now
        let response = try await answer(request, context, next)
        let route = context.endpointPath ?? "none"
        let level: Logger.Level = response.status.code >= 500 ? .error : .info
        if level == .info, quietRoutes.contains(route) { return response }
        var metadata: Logger.Metadata = [
            "method": .string(request.method.rawValue),
            "route": .string(route),
            "status": .stringConvertible(response.status.code),
            "duration_ms": .stringConvertible(Self.milliseconds(clock.now - start)),
        ]
        if let length = response.body.contentLength { metadata["bytes"] = .stringConvertible(length) }
        context.logger.log(level: level, "request", metadata: metadata)
        return response
    }

    private func answer(
        _ request: Request,
        _ context: Context,
        _ next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await answering(request, context, next)
        } catch let error as CancellationError {
            // The client has gone; there is nobody to answer.
            throw error
        } catch {
            context.logger.error("fault", metadata: ["error": .string(String(reflecting: error))])
            return ProblemJSON(
                status: .internalServerError,
                code: "fault",
                detail: t("Something went wrong on our side. Please try again."),
                requestID: context.id
            ).response()
        }
    }

    /// To a hundredth.
    private static func milliseconds(_ duration: Duration) -> Double {
        ((duration / .microseconds(10)).rounded()) / 100
    }
}
