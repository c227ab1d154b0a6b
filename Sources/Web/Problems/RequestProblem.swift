package import HTTPTypes
package import Hummingbird

/// Something wrong with a request that the mechanism found before any product rule was asked: a body that is too large,
/// a form that does not decode, a missing form token. It carries all that an answer needs; an application shows it in
/// its own clothes, and where nothing does, it becomes an RFC 9457 problem.
package struct RequestProblem: Error, HTTPResponseError, Hashable {
    package let status: HTTPResponse.Status
    /// Stable, for programs: `form_too_large`.
    package let code: String
    /// English, a key for `t(verbatim:)` with `%1`, `%2`… in the place of the arguments; says what to do next.
    package let message: String
    package let arguments: [String]
    /// Headers that belong to the answer (`Retry-After`, `Accept`, …).
    package var headers: HTTPFields

    package init(
        _ status: HTTPResponse.Status,
        _ code: String,
        _ message: String,
        _ arguments: String...,
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.arguments = arguments
        self.headers = headers
    }

    /// In the reader's language.
    package var words: String { t(verbatim: message, arguments) }

    package func response(from request: Request, context: some RequestContext) throws -> Response {
        var response = ProblemJSON(
            status: status,
            code: code,
            detail: words,
            requestID: context.id
        ).response()
        response.headers.append(contentsOf: headers)
        return response
    }
}
