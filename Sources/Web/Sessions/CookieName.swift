import HTTPTypes
package import Hummingbird

/// A cookie of ours: HttpOnly, SameSite=Lax, for the whole host and no other, and over HTTPS under the `__Host-` prefix,
/// with which browsers refuse that another host or a plain connection sets it (RFC 6265bis section 4.1.3.2).
package struct CookieName: Sendable, Hashable {
    package let name: String
    package let isSecure: Bool

    package init(_ name: StaticString, isSecure: Bool) {
        self.name = (isSecure ? "__Host-" : "") + name.description
        self.isSecure = isSecure
    }

    package func value(in request: Request) -> String? {
        RequestCookies(request.headers)[name]
    }

    /// The value of a `Set-Cookie` header.
    /// - Parameters:
    ///   - value: base64url or other characters that a cookie may hold; anything else is percent-encoded.
    ///   - lifetime: nil keeps the cookie until the browser is closed.
    package func setting(_ value: String, lifetime: Duration? = nil) -> String {
        let isPlain = value.utf8.allSatisfy(RequestCookies.isCookieOctet)
        var header = "\(name)=\(isPlain ? value : value.percentEncoded); Path=/; HttpOnly; SameSite=Lax"
        if let lifetime { header += "; Max-Age=\(max(0, lifetime.components.seconds))" }
        if isSecure { header += "; Secure" }
        return header
    }

    /// The header that makes the browser forget the cookie.
    package var clearing: String { setting("", lifetime: .zero) }
}

extension Response {
    /// Adds a `Set-Cookie` header to those that are there.
    package mutating func setCookie(_ header: String) {
        headers.append(HTTPField(name: .setCookie, value: header))
    }
}
