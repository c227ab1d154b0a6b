import Crypto
import Foundation
package import Hummingbird

/// Carries flash messages from one request to the next in a cookie that is signed, so that nobody can put words into the
/// site's mouth, and short-lived.
package struct FlashMessages<Context: RequestContext>: RouterMiddleware {
    private let cookie: CookieName
    private let codec: FlashCodec

    package init(secret: SecretKey, isSecure: Bool) {
        cookie = CookieName("flash", isSecure: isSecure)
        codec = FlashCodec(key: secret.derived(for: "flash"))
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let value = cookie.value(in: request)
        let before = value.map(codec.decode) ?? []
        let box = FlashBox(before)
        var response = try await FlashBox.$current.withValue(box) { try await next(request, context) }
        let after = box.all
        if after.isEmpty {
            if value != nil { response.setCookie(cookie.clearing) }
        } else if after != before {
            response.setCookie(cookie.setting(codec.encode(after), lifetime: .seconds(300)))
        }
        return response
    }
}

/// `payload.signature`, both base64url; the payload is JSON.
struct FlashCodec: Sendable {
    let key: SymmetricKey

    func encode(_ messages: [FlashMessage]) -> String {
        // Strings always encode; the fallback is for the compiler.
        let payload = (try? JSONEncoder().encode(messages)) ?? Data()
        let code = HMAC<SHA256>.authenticationCode(for: payload, using: key)
        return "\(payload.base64URL).\(Array(code).base64URL)"
    }

    /// No messages when the value was not made by us.
    func decode(_ value: String) -> [FlashMessage] {
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let payload = [UInt8](base64URL: parts[0]), let code = [UInt8](base64URL: parts[1]),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: payload, using: key)
        else { return [] }
        return (try? JSONDecoder().decode([FlashMessage].self, from: Data(payload))) ?? []
    }
}
