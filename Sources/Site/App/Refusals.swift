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
            return answer(problem.status, problem.code, problem.words, [], problem.headers, request, context)
        }
        if let error = error as? HTTPError, error.status.code < 500 {
            let failure = error.status == .notFound ? Failure.notFound : nil
            return answer(
                error.status,
                failure?.code ?? "http_\(error.status.code)",
                failure.map { t(verbatim: $0.message) } ?? t("This request could not be understood."),
                [],
                [:],
                request,
                context
            )
        }
        context.logger.error("fault", metadata: ["error": .string(String(reflecting: error))])
        let text = t(
            "Something went wrong on our side, and nothing was lost. If trying again does not help, tell an administrator the number of this request."
        )
        return answer(.internalServerError, "fault", text, [], [:], request, context)
    }

    private func answer(to failure: Failure, _ request: Request, _ context: SiteContext) -> Response {
        if failure.kind == .notSignedIn, wantsPage(request), [.get, .head].contains(request.method) {
            return redirect(to: Links.login(next: Link(local: request.uri.string)))
        }
        if failure == .proofNeeded, wantsPage(request) { return wayToProof(request) }
        if failure == .accountLeaves, wantsPage(request) { return redirect(to: Links.leaving) }
        if failure == .profileNotChosen, wantsPage(request) {
            let isPage = [.get, .head].contains(request.method)
            return redirect(to: Links.profiles(next: isPage ? Link(local: request.uri.string) : nil))
        }
        if failure == .secondFactorIsRequired, wantsPage(request) { return redirect(to: Links.twoFactor) }
        var headers = HTTPFields()
        if let wait = failure.retryAfter { headers[.retryAfter] = String(wait.roundedUpSeconds) }
        if failure.kind == .notSignedIn { headers[.wwwAuthenticate] = "Bearer" }
        let words = t(verbatim: failure.message)
        return answer(failure.kind.status, failure.code, words, failure.fields, headers, request, context)
    }

    private func answer(
        _ status: HTTPResponse.Status,
        _ code: String,
        _ words: String,
        _ fields: [Failure.FieldProblem],
        _ headers: HTTPFields,
        _ request: Request,
        _ context: SiteContext
    ) -> Response {
        let wait = status == .tooManyRequests ? headers[.retryAfter].flatMap { Int($0) } : nil
        let words = [words, wait.map(again(after:))].compactMap(\.self).joined(separator: " ")
        var response: Response
        if wantsPage(request) {
            // Of what is not there nothing is known but that, which the page's heading says already.
            let told = code == Failure.notFound.code ? [] : [words]
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
                detail: words,
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

    /// When it makes sense to try again.
    func again(after seconds: Int) -> String {
        guard seconds > 90 else { return tn("Try again in %1 second.", "Try again in %1 seconds.", count: seconds) }
        let minutes = (seconds + 59) / 60
        guard minutes > 90 else { return tn("Try again in %1 minute.", "Try again in %1 minutes.", count: minutes) }
        return tn("Try again in %1 hour.", "Try again in %1 hours.", count: (minutes + 59) / 60)
    }

    private func wantsPage(_ request: Request) -> Bool {
        let path = request.uri.path
        if path.hasPrefix("/api/") || path.hasPrefix("/uploads") { return false }
        return AnswerFormat(accept: request.headers) == .html
    }
}
