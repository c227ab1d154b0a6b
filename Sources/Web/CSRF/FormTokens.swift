import Crypto
import Foundation

/// Makes and checks form tokens. A token proves that the page which sent the form was made for the holder of a certain
/// cookie: it is the HMAC of that cookie's value, masked with other random bytes every time (OWASP's "signed double
/// submit", bound to the session).
package struct FormTokens: Sendable {
    private let key: SymmetricKey

    package init(secret: SecretKey) {
        key = secret.derived(for: "form token")
    }

    /// - Parameter binding: the value of the visitor's session cookie, or of the cookie that stands in for one.
    package func issue(for binding: String) -> String {
        let mask = randomBytes(SHA256.byteCount)
        let code = HMAC<SHA256>.authenticationCode(for: Data(binding.utf8), using: key)
        return (mask + zip(mask, code).map(^)).base64URL
    }

    package func isValid(_ token: String, for binding: String) -> Bool {
        guard let bytes = [UInt8](base64URL: token), bytes.count == 2 * SHA256.byteCount else { return false }
        let code = zip(bytes.prefix(SHA256.byteCount), bytes.suffix(SHA256.byteCount)).map(^)
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data(binding.utf8), using: key)
    }
}
