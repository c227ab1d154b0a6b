import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

struct FlashTests {
    private let secret = SecretKey("a secret of this test")

    private func app() -> some ApplicationProtocol {
        let router = Router()
        router.add(middleware: FlashMessages(secret: secret, isSecure: false))
        router.get("/add") { _, _ in
            FlashMessage.add(.success, "Saved “ü”.")
            return "added"
        }
        router.get("/show") { _, _ in
            FlashMessage.take().map { "\($0.kind.rawValue):\($0.text)" }.joined(separator: "|")
        }
        router.get("/both") { _, _ in
            FlashMessage.add(.error, "At once.")
            return FlashMessage.take().map(\.text).joined()
        }
        router.get("/plain") { _, _ in "plain" }
        router.get("/flood") { _, _ in
            for number in 0..<50 { FlashMessage.add(.notice, String(repeating: "😀", count: 5000) + "\(number)") }
            return "flooded"
        }
        return Application(router: router)
    }

    private func cookie(_ response: TestResponse) -> String? {
        response.headers[values: .setCookie].first?.split(separator: ";").first.map(String.init)
    }

    @Test("A message is shown once, by the next page that shows messages")
    func once() async throws {
        try await app().test(.router) { client in
            let added = try await client.execute(uri: "/add", method: .get)
            let cookie = try #require(self.cookie(added))

            let between = try await client.execute(uri: "/plain", method: .get, headers: [.cookie: cookie])
            #expect(between.headers[.setCookie] == nil)

            let shown = try await client.execute(uri: "/show", method: .get, headers: [.cookie: cookie])
            #expect(String(buffer: shown.body) == "success:Saved “ü”.")
            #expect(shown.headers[.setCookie]?.contains("Max-Age=0") == true)
        }
    }

    @Test("A message added and shown by the same page leaves no cookie")
    func same() async throws {
        try await app().test(.router) { client in
            let both = try await client.execute(uri: "/both", method: .get)
            #expect(String(buffer: both.body) == "At once.")
            #expect(both.headers[.setCookie] == nil)
        }
    }

    @Test("Nobody else can put words into the site's mouth")
    func forged() async throws {
        let other = FlashCodec(key: SecretKey("another").derived(for: "flash")).encode([
            FlashMessage(.notice, "Pay here")
        ])
        let codec = FlashCodec(key: secret.derived(for: "flash"))
        let own = codec.encode([FlashMessage(.notice, "Hello")])
        #expect(codec.decode(own) == [FlashMessage(.notice, "Hello")])
        #expect(codec.decode(other) == [])
        for broken in ["", ".", "..", "a.b", own + "x", String(own.dropLast()), own.replacing(".", with: "")] {
            #expect(codec.decode(broken) == [], "\(broken)")
        }
    }

    @Test("However much is added, the cookie fits into what browsers keep, and its text stays whole")
    func bounded() async throws {
        try await app().test(.router) { client in
            let flooded = try await client.execute(uri: "/flood", method: .get)
            let cookie = try #require(self.cookie(flooded))
            #expect(cookie.utf8.count < 4096)
            let shown = try await client.execute(
                uri: "/show",
                method: .get,
                headers: [.cookie: try #require(self.cookie(flooded))]
            )
            #expect(String(buffer: shown.body).hasPrefix("notice:😀"))
        }
    }
}
