import Crypto
import HTTPTypes

@testable import Web

/// The `Cookie` header (RFC 6265), and what a signed cookie holds: each line is a header.
@Sendable func fuzzCookies(_ input: [UInt8]) {
    var headers = HTTPFields()
    for text in input.texts { headers.append(HTTPField(name: .cookie, value: text)) }
    let cookies = RequestCookies(headers)
    let codec = FlashCodec(key: SymmetricKey(data: [1, 2, 3]))
    for name in ["a", "session", "__Host-session"] {
        guard let value = cookies[name] else { continue }
        precondition(value.utf8.allSatisfy(RequestCookies.isCookieOctet))
        precondition(codec.decode(value).isEmpty, "nobody guesses a signature")
        let returned = CookieName("a", isSecure: false).setting(value).prefix { $0 != ";" }
        let again = RequestCookies([.cookie: String(returned)])
        precondition(again["a"] == value)
    }
}
