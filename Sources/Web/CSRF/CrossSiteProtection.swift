import HTTPTypes
package import Hummingbird
import NIOConcurrencyHelpers
import NIOCore

/// Refuses requests that change something and were not made by our own pages (CSRF). Two checks, each enough by itself
/// against today's browsers: where the request came from (`OriginCheck`), and a token from the page (`FormTokens`), in the
/// field `csrf_token` or the header `X-CSRF-Token`. It looks at the method that is meant, so it stands behind
/// `MethodOverride`.
///
/// A visitor without a session, who is about to sign in, gets a cookie of their own for the token as soon as a page asks
/// for one: signing somebody in as somebody else is an attack too.
package struct CrossSiteProtection<Context: RequestContext>: RouterMiddleware {
    private let tokens: FormTokens
    private let session: CookieName
    private let visitor: CookieName
    private let origins: OriginCheck
    private let requiresToken: Bool

    /// - Parameters:
    ///   - session: the cookie that signs people in.
    ///   - requiresToken: false switches the tokens off (the original's testing configuration); the origin is checked anyway.
    package init(
        secret: SecretKey,
        session: CookieName,
        origins: OriginCheck = OriginCheck(),
        requiresToken: Bool = true
    ) {
        tokens = FormTokens(secret: secret)
        self.session = session
        visitor = CookieName("visitor", isSecure: session.isSecure)
        self.origins = origins
        self.requiresToken = requiresToken
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let cookies = RequestCookies(request.headers)
        let binding = cookies[session.name] ?? cookies[visitor.name]
        var request = request
        if !request.method.isSafe, !request.hasBearerToken {
            guard origins.allows(request) else { throw RequestProblem.crossSite }
            if requiresToken { try await checkToken(of: &request, binding: binding) }
        }
        let made = NIOLockedValueBox<String?>(nil)
        let wasIssued = NIOLockedValueBox(false)
        let token = FormToken { [tokens] in
            wasIssued.withLockedValue { $0 = true }
            return tokens.issue(
                for: binding
                    ?? made.withLockedValue { value in
                        let new = value ?? randomBytes(24).base64URL
                        value = new
                        return new
                    }
            )
        }
        var response = try await FormToken.$current.withValue(requiresToken ? token : nil) {
            try await next(request, context)
        }
        if let value = made.withLockedValue({ $0 }) { response.setCookie(visitor.setting(value)) }
        if wasIssued.withLockedValue({ $0 }), response.headers[.cacheControl] == nil {
            response.headers[.cacheControl] = "private, no-cache"
        }
        return response
    }

    /// Reads the token and leaves the body as it was.
    private func checkToken(of request: inout Request, binding: String?) async throws {
        var token = request.headers[.csrfToken]
        if token == nil { token = try await Self.fieldToken(of: &request) }
        guard let token else { throw RequestProblem.missingFormToken }
        guard let binding, tokens.isValid(token, for: binding) else { throw RequestProblem.staleForm }
    }

    private static func fieldToken(of request: inout Request) async throws -> String? {
        switch FormEncoding(request.headers) {
        case .urlEncoded:
            let body = try await request.smallBody(upTo: FormFields.maximumSize)
            request.body = RequestBody(buffer: body)
            return try FormFields(urlEncoded: body)[FormToken.fieldName]
        case .multipart:
            return try await firstField(of: &request)
        case nil:
            return nil
        }
    }

    /// In a multipart form the token is the first part, as `HTML.form` writes it; what was read of the body to find it is
    /// put back for the handler.
    private static func firstField(of request: inout Request) async throws -> String? {
        var parser = MultipartParser(boundary: try MultipartReader.boundary(of: request))
        let reader = BodyReader(request.body)
        var seen = ByteBuffer()
        var value: [UInt8] = []
        var isToken = false
        search: while true {
            switch try parser.next() {
            case .begin(let head):
                guard head.name == FormToken.fieldName, head.fileName == nil else { break search }
                isToken = true
            case .data(let data):
                value.append(contentsOf: data.readableBytesView)
            case .end:
                break search
            case nil:
                // The part is not over, and already longer than a token ever is.
                guard seen.readableBytes <= MultipartParser.maximumHeaderSize else { break search }
                guard var piece = try await reader.next() else { throw RequestProblem.truncatedMultipart }
                parser.feed(piece)
                seen.writeBuffer(&piece)
            }
        }
        reader.unread(seen)
        request.body = reader.rest
        return isToken ? try FormFields.text(value) : nil
    }
}

extension Request {
    /// A request that brings its own credentials in a header: no page of another site can make a browser do that. It must
    /// then be judged by them alone, never by the cookie beside them.
    package var hasBearerToken: Bool {
        headers[.authorization]?.lowercased().hasPrefix("bearer ") ?? false
    }
}

extension RequestProblem {
    package static let crossSite = RequestProblem(
        .forbidden,
        "cross_site",
        "This request came from another site. Please open the page here and try again."
    )
    package static let missingFormToken = RequestProblem(
        .forbidden,
        "form_token_missing",
        "This form did not come from one of our pages. Please reload the page and try again."
    )
    package static let staleForm = RequestProblem(
        .forbidden,
        "form_stale",
        "This page was open for too long. Please reload it and send the form again."
    )
}
