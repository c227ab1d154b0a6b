import HTTPTypes
package import Hummingbird

/// Answers each request in the language that its sender reads best: the one that was chosen, if any, else the best match
/// for `Accept-Language`.
package struct LanguageNegotiation<Context: RequestContext>: RouterMiddleware {
    private let languages: Languages
    private let chosen: @Sendable (Request, Context) -> String?

    /// - Parameter chosen: the tag that somebody chose (in a cookie, in their account).
    package init(
        _ languages: Languages,
        chosen: @escaping @Sendable (Request, Context) -> String? = { _, _ in nil }
    ) {
        self.languages = languages
        self.chosen = chosen
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let language =
            chosen(request, context).flatMap(languages.named)
            ?? languages.negotiate(request.headers[values: .acceptLanguage].joined(separator: ","))
        var response = try await Language.$current.withValue(language) {
            try await answering(request, context, next)
        }
        guard response.headers[.contentType]?.hasPrefix("text/html") == true else { return response }
        // Further inside it may have become known who asks and what they chose.
        if response.headers[.contentLanguage] == nil { response.headers[.contentLanguage] = language.tag }
        response.headers.vary(on: "Accept-Language")
        return response
    }
}
