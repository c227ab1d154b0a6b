import Core
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Web

/// Turns what was thrown into an answer: a page in the site's clothes, a problem document for programs, or the way to
/// the sign-in page.
struct Refusals: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request,
        context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch {
            return site.answer(to: error, request, context)
        }
    }
}

extension Site {
    /// What a person or a program may know of an error. Faults are logged here and shown as their request's id alone.
    func answer(to error: any Error, _ request: Request, _ context: SiteContext) -> Response {
        if let failure = Failure(outside: error) { return answer(to: failure, request, context) }
        if let problem = error as? RequestProblem {
            return answer(problem.status, problem.code, problem.message, [], problem.headers, request, context)
        }
        if let error = error as? HTTPError, error.status.code < 500 {
            let failure = error.status == .notFound ? Failure.notFound : nil
            return answer(
                error.status,
                failure?.code ?? "http_\(error.status.code)",
                failure?.message ?? "This request could not be understood.",
                [],
                [:],
                request,
                context
            )
        }
        context.logger.error("fault", metadata: ["error": .string(String(reflecting: error))])
        let text = "Something went wrong on our side. Nothing was lost; please try again."
        return answer(.internalServerError, "fault", text, [], [:], request, context)
    }

    private func answer(to failure: Failure, _ request: Request, _ context: SiteContext) -> Response {
        if failure.kind == .notSignedIn, wantsPage(request), [.get, .head].contains(request.method) {
            return redirect(to: Links.login(next: Link(local: request.uri.string)))
        }
        if failure == .proofNeeded, wantsPage(request) { return wayToProof(request) }
        if failure == .secondFactorIsRequired, wantsPage(request) { return redirect(to: Links.twoFactor) }
        var headers = HTTPFields()
        if let wait = failure.retryAfter { headers[.retryAfter] = String(wait.roundedUpSeconds) }
        if failure.kind == .notSignedIn { headers[.wwwAuthenticate] = "Bearer" }
        return answer(failure.kind.status, failure.code, failure.message, failure.fields, headers, request, context)
    }

    private func answer(
        _ status: HTTPResponse.Status,
        _ code: String,
        _ message: String,
        _ fields: [Failure.FieldProblem],
        _ headers: HTTPFields,
        _ request: Request,
        _ context: SiteContext
    ) -> Response {
        var response: Response
        if wantsPage(request) {
            // Of what is not there nothing is known but that, which the page's heading says already.
            let told = code == Failure.notFound.code ? [] : [t(verbatim: message)]
            let details = told + fields.map(\.words)
            response = page(
                ProblemPage(
                    status: Int(status.code),
                    message: details.isEmpty ? nil : details.joined(separator: " ")
                ),
                SessionContext(context),
                status: status
            )
        } else {
            response = ProblemJSON(
                status: status,
                code: code,
                detail: t(verbatim: message),
                fields: fields.map { .init(field: $0.field, message: $0.words) },
                requestID: context.id
            ).response()
        }
        response.headers.append(contentsOf: headers)
        return response
    }

    /// Back to the page that was asked for; from a form, which cannot be sent again from here, to the page on which it stands.
    private func wayToProof(_ request: Request) -> Response {
        guard ![.get, .head].contains(request.method) else {
            return redirect(to: Links.prove(next: Link(local: request.uri.string)))
        }
        FlashMessage.add(.notice, t("Please confirm first that it is you. Then do it again."))
        let page = request.headers[.referer].flatMap { URLComponents(string: $0) }
        return redirect(to: Links.prove(next: page.flatMap { Link(local: $0.percentEncodedPath) }))
    }

    private func wantsPage(_ request: Request) -> Bool {
        let path = request.uri.path
        if path.hasPrefix("/api/") || path.hasPrefix("/uploads") { return false }
        return AnswerFormat(accept: request.headers) == .html
    }
}
