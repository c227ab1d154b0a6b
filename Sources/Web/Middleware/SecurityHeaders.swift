package import HTTPTypes
package import Hummingbird

/// The headers with which browsers protect a page, on every answer that does not bring its own (an uploaded file has a
/// stricter policy, a page that plays somebody's embed a looser one).
package struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
    private let fields: HTTPFields

    /// - Parameter isHTTPS: adds HSTS for a year, and must be so only where plain HTTP is not served at all.
    package init(isHTTPS: Bool, policy: ContentPolicy = .strict) {
        var fields: HTTPFields = [
            .contentSecurityPolicy: policy.header,
            .xContentTypeOptions: "nosniff",
            .referrerPolicy: "same-origin",
            .permissionsPolicy: """
            accelerometer=(), autoplay=(self), camera=(), display-capture=(), encrypted-media=(self), \
            fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), \
            picture-in-picture=(self), screen-wake-lock=(self), usb=()
            """,
            .crossOriginOpenerPolicy: "same-origin",
            .crossOriginResourcePolicy: "same-origin",
        ]
        if isHTTPS { fields[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        self.fields = fields
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await answering(request, context, next)
        // A 304 updates what the browser has stored (RFC 9111 section 3.2): a file would lose its own policy to ours.
        guard response.status != .notModified else { return response }
        for field in fields where !response.headers.contains(field.name) { response.headers.append(field) }
        return response
    }
}

/// A Content Security Policy (W3C CSP Level 3) as directives and their sources.
package struct ContentPolicy: Sendable, Hashable {
    private let directives: [(name: String, sources: [String])]
    /// The value of the header.
    package let header: String

    private init(directives: [(name: String, sources: [String])]) {
        self.directives = directives
        header = directives.map { ([$0.name] + $0.sources).joined(separator: " ") }.joined(separator: "; ")
    }

    /// Our own files and nothing else; no inline script or style. `blob:` and `data:` are what script of ours makes:
    /// previews, and the media source of the player.
    package static let strict = ContentPolicy(directives: [
        ("default-src", ["'none'"]), ("script-src", ["'self'"]), ("style-src", ["'self'"]),
        ("img-src", ["'self'", "data:", "blob:"]), ("media-src", ["'self'", "blob:"]), ("font-src", ["'self'"]),
        ("connect-src", ["'self'"]), ("manifest-src", ["'self'"]), ("frame-src", ["'self'"]),
        ("form-action", ["'self'"]), ("base-uri", ["'none'"]), ("frame-ancestors", ["'none'"]),
    ])

    /// For bytes that somebody uploaded: they may do nothing, wherever they are opened.
    package static let untrustedFile = ContentPolicy(directives: [
        ("default-src", ["'none'"]), ("style-src", ["'unsafe-inline'"]), ("base-uri", ["'none'"]),
        ("frame-ancestors", ["'self'"]), ("sandbox", []),
    ])

    /// The same with another source for a directive. `'none'` gives way to it.
    package func allowing(_ source: StaticString, for directive: StaticString) -> ContentPolicy {
        var directives = directives
        let name = directive.description
        if let index = directives.firstIndex(where: { $0.name == name }) {
            directives[index].sources.removeAll { $0 == "'none'" }
            directives[index].sources.append(source.description)
        } else {
            directives.append((name, [source.description]))
        }
        return ContentPolicy(directives: directives)
    }

    package static func == (left: ContentPolicy, right: ContentPolicy) -> Bool { left.header == right.header }

    package func hash(into hasher: inout Hasher) { hasher.combine(header) }
}

extension HTTPField.Name {
    package static let referrerPolicy = HTTPField.Name(literal: "Referrer-Policy")
    package static let permissionsPolicy = HTTPField.Name(literal: "Permissions-Policy")
    package static let crossOriginOpenerPolicy = HTTPField.Name(literal: "Cross-Origin-Opener-Policy")
}
