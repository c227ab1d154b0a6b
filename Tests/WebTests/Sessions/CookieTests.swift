import HTTPTypes
import Testing

@testable import Web

struct CookieTests {
    private func cookies(_ headers: String...) -> RequestCookies {
        var fields = HTTPFields()
        for header in headers { fields.append(HTTPField(name: .cookie, value: header)) }
        return RequestCookies(fields)
    }

    @Test("Cookies are read, quoted or not, from one header or several")
    func plain() {
        let read = cookies("a=1; b=\"two\";c=", "d=x=y")
        #expect(read["a"] == "1")
        #expect(read["b"] == "two")
        #expect(read["c"] == "")
        #expect(read["d"] == "x=y")
        #expect(read["e"] == nil)
    }

    @Test("What is not a cookie is left out and disturbs nothing")
    func hostile() {
        let read = cookies(";;; =1; a; b=va lue; d=a,b; e=\"; f=ü; good=1 ;\t;")
        #expect(read["good"] == "1")
        for name in ["a", "b", "d", "f", ""] { #expect(read[name] == nil, "\(name)") }
    }

    @Test("Of two with one name the first counts, and there is a bound on how many are looked at")
    func bounds() {
        #expect(cookies("a=1; a=2", "a=3")["a"] == "1")
        let many = (0..<1000).map { "n\($0)=\($0)" }.joined(separator: "; ")
        #expect(cookies(many)["n63"] == "63")
        #expect(cookies(many)["n64"] == nil)
    }

    @Test("No Cookie header makes the parser stumble, and what we set comes back")
    func property() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededRandom(seed)
        let name = CookieName("n", isSecure: false)
        for _ in 0..<500 {
            let noise = random.text(120)
            let value = randomBytes(random.below(40)).base64URL
            let set = name.setting(value).prefix { $0 != ";" }
            // Whatever stands before it must not hide or change it, unless it names the same cookie.
            if noise.contains("n") { continue }
            let field = HTTPField(name: .cookie, value: "\(noise); \(set)")
            #expect(RequestCookies([.cookie: field.value])["n"] == value, "seed \(seed)")
        }
    }

    @Test("Our cookies are for the whole host, hidden from scripts, and over HTTPS under the __Host- prefix")
    func attributes() {
        let plain = CookieName("session", isSecure: false)
        #expect(plain.setting("v") == "session=v; Path=/; HttpOnly; SameSite=Lax")
        let secure = CookieName("session", isSecure: true)
        #expect(
            secure.setting("v", lifetime: .seconds(60))
                == "__Host-session=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
        )
        #expect(secure.clearing.contains("Max-Age=0"))
        #expect(plain.setting("a; Domain=evil").hasPrefix("session=a%3B%20Domain%3Devil; Path=/"))
    }
}
