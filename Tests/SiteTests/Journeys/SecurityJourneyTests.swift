import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Site

@Suite("Sessions and the password")
struct SecurityJourneyTests {
    private static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    private func signedIn(
        _ member: Cast.Member,
        userAgent: String = firefox,
        remember: Bool = false,
        on site: TestSite
    ) async throws -> Browser {
        let browser = try await site.browser()
        let answer = try await browser.post(
            "/auth/login",
            ["email": member.email, "password": member.password, "remember": remember ? "1" : ""],
            headers: [.userAgent: userAgent]
        )
        #expect(answer.status == .seeOther)
        return browser
    }

    @Test("Somebody sees where they are logged in, and logs out one of the browsers", arguments: Engine.available)
    func revoke(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = site.cast.uma
            let phone = try await signedIn(uma, userAgent: "Mozilla/5.0 (iPhone) Safari/604.1", on: site)
            let here = try await signedIn(uma, on: site)
            let page = try await here.get("/user/security").text
            #expect(page.contains("Firefox on Linux") && page.contains("Safari on iPhone"))
            #expect(page.matches(of: /This device/).count == 1)

            let other = try await site.platform.sessions.list(of: uma.id, in: uma.scope).items
                .first { $0.userAgent.contains("iPhone") }
            let id = try #require(other?.publicID)
            let answer = try await here.post("/user/security/sessions/\(id)/revoke")
            #expect(answer.headers[.location] == "/user/security")
            #expect(try await phone.get("/user").status == .seeOther)
            #expect(try await here.get("/user/security").text.contains("That browser is logged out."))
            #expect(try await here.post("/user/security/sessions/\(id)/revoke").status == .notFound)
        }
    }

    @Test("All others are logged out at once; a stranger's session is nobody's to end", arguments: Engine.available)
    func others(engine: Engine) async throws {
        try await withSite(engine) { site in
            let there = try await signedIn(site.cast.uma, on: site)
            let here = try await signedIn(site.cast.uma, on: site)
            let otto = try await signedIn(site.cast.otto, on: site)
            let ottos = try await site.platform.sessions.list(of: site.cast.otto.id, in: site.cast.otto.scope).items
            let foreign = try #require(ottos.first?.publicID)
            #expect(try await here.post("/user/security/sessions/\(foreign)/revoke").status == .notFound)
            #expect(try await here.post("/user/security/revoke-others").status == .seeOther)
            #expect(try await there.get("/user").status == .seeOther)
            #expect(try await here.get("/user").status == .ok)
            #expect(try await otto.get("/user").status == .ok)
        }
    }

    @Test("A cookie lasts beyond the browser only for whoever asked for it")
    func remember() async throws {
        try await withSite { site in
            for remember in [false, true] {
                let browser = try await site.browser()
                let answer = try await browser.post(
                    "/auth/login",
                    [
                        "email": site.cast.uma.email, "password": site.cast.uma.password,
                        "remember": remember ? "1" : "",
                    ]
                )
                let cookie = answer.headers[values: .setCookie].first { $0.hasPrefix("session=") }
                #expect(cookie?.contains("Max-Age=2592000") == remember)
                #expect(cookie?.contains("Max-Age") == remember)
            }
        }
    }

    @Test("A new password logs out every other browser and gives this one a new session", arguments: Engine.available)
    func password(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = site.cast.uma
            let there = try await signedIn(uma, on: site)
            let here = try await signedIn(uma, remember: true, on: site)
            let before = try #require(here.cookie("session"))
            let fields: KeyValuePairs = [
                "current_password": uma.password, "password": "nine slow ferries",
                "password_confirmation": "nine slow ferries",
            ]
            let answer = try await here.post("/user/security/password", fields)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[values: .setCookie].contains { $0.contains("Max-Age=2592000") })
            #expect(try await here.get("/user/security").text.contains("Your password is changed."))
            #expect(try await there.get("/user").status == .seeOther)
            #expect(here.cookie("session") != before)
            #expect(try await site.platform.sessions.resume(before) == nil)
            #expect(try await site.mails(to: uma.email).first?.subject == "Your password was changed")
        }
    }

    @Test("A wrong password is said at its field, and no password is written back")
    func wrong() async throws {
        try await withSite { site in
            let here = try await signedIn(site.cast.uma, on: site)
            let answer = try await here.post(
                "/user/security/password",
                [
                    "current_password": "not it", "password": "nine slow ferries",
                    "password_confirmation": "nine slow ferries",
                ]
            )
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("This is not your current password."))
            #expect(!answer.text.contains("nine slow ferries") && !answer.text.contains("not it"))
        }
    }

    @Test("A program with somebody's token may not decide about their account")
    func notInPerson() async throws {
        try await withSite { site in
            let root = site.cast.root
            let token = try await site.platform.tokens.create(
                name: "sync",
                permissions: root.scope.permissions,
                for: root.id,
                in: root.scope
            )
            let headers: HTTPFields = [.authorization: "Bearer \(token.secret)"]
            let program = try await site.browser()
            #expect(try await program.get("/user/security", headers: headers).status == .forbidden)
            for path in ["/user/security/revoke-others", "/user/security/password"] {
                #expect(try await program.post(path, headers: headers).status == .forbidden)
            }
        }
    }

    @Test(
        "Browsers are called by their names",
        arguments: [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
                "Edge on Windows"
            ),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15", "Safari on macOS"),
            ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
            ("Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) CriOS/130.0 Mobile Safari/604.1", "Chrome on iPad"),
            ("curl/8.5.0", "curl"), ("", "An unknown program"), ("<b>Linux</b>", "A program on Linux"),
        ]
    )
    func names(userAgent: String, name: String) {
        #expect(BrowserName(userAgent: userAgent).text == name)
    }
}
