import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Site

@Suite("Coming in and going out")
struct AccountJourneyTests {
    private static let password = "eleven quiet otters"

    @Test("Somebody registers, is signed in, logs out and comes back", arguments: Engine.available)
    func journey(engine: Engine) async throws {
        try await withSite(engine) { site in
            let browser = try await site.browser()
            let registered = try await browser.post(
                "/auth/register",
                [
                    "username": "nora", "email": "nora@example.org", "password": Self.password,
                    "password_confirmation": Self.password, "agreement": "1",
                ]
            )
            #expect(registered.status == .seeOther)
            #expect(registered.headers[.location] == "/user")
            #expect(try await browser.get("/user").text.contains("Welcome, nora."))
            let loggedOut = try await browser.post("/auth/logout")
            #expect(loggedOut.status == .seeOther)
            #expect(try await browser.get("/user").headers[.location] == "/auth/login?next=%2Fuser")
            let back = try await browser.post(
                "/auth/login",
                ["email": "nora@example.org", "password": Self.password, "next": "/media/upload"]
            )
            #expect(back.headers[.location] == "/media/upload")
            #expect(try await browser.get("/media/upload").status == .ok)
        }
    }

    @Test("What is wrong with a form is said in the language of who reads it, with its numbers")
    func refusalInGerman() async throws {
        try await withSite { site in
            let browser = try await site.browser()
            let refused = try await browser.post(
                "/auth/register",
                [
                    "username": "nora", "email": "nora@example.org", "password": "short",
                    "password_confirmation": "short", "agreement": "1",
                ],
                headers: [.acceptLanguage: "de-AT,de;q=0.9,en;q=0.5"]
            )
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("<html lang=\"de\">"))
            #expect(refused.text.contains("Das Passwort braucht mindestens"))
            #expect(!refused.text.contains("%1") && !refused.text.contains("The password needs"))
        }
    }

    @Test("A visitor of a protected page is told to log in, and comes back to it")
    func protectedPage() async throws {
        try await withSite { site in
            let browser = try await site.browser()
            let sent = try await browser.get("/media/upload")
            #expect(sent.status == .seeOther)
            let login = try #require(sent.headers[.location])
            #expect(login == "/auth/login?next=%2Fmedia%2Fupload")
            #expect(try await browser.get(login).text.contains("Please log in to access this page."))
        }
    }

    @Test(
        "Only addresses of this site are come back to",
        arguments: [
            "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/\u{9}/evil",
        ]
    )
    func openRedirect(next: String) async throws {
        try await withSite { site in
            let browser = try await site.browser()
            let uma = site.cast.uma
            let answer = try await browser.post(
                "/auth/login",
                ["email": uma.email, "password": uma.password, "next": next]
            )
            #expect(answer.headers[.location] == "/user")
        }
    }

    @Test("A wrong password and an unknown address get the same answer")
    func sameAnswer() async throws {
        try await withSite { site in
            let wrong = try await site.browser().post(
                "/auth/login",
                ["email": site.cast.uma.email, "password": "not this one"]
            )
            let unknown = try await site.browser().post(
                "/auth/login",
                ["email": "nobody@example.org", "password": "not this one"]
            )
            #expect(wrong.status == .unprocessableContent)
            #expect(unknown.status == wrong.status)
            let sentence = "The email address or the password is not right."
            #expect(wrong.text.contains(sentence))
            #expect(unknown.text.contains(sentence))
            #expect(!wrong.text.contains("not this one"))
        }
    }

    @Test("After five wrong tries this browser waits; the person's own device does not", arguments: Engine.available)
    func lockout(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = site.cast.uma
            let own = try await site.browser()
            _ = try await own.post("/auth/login", ["email": uma.email, "password": uma.password])
            _ = try await own.post("/auth/logout")
            let stranger = try await site.browser()
            for _ in 0..<5 {
                _ = try await stranger.post("/auth/login", ["email": uma.email, "password": "a guess"])
            }
            let locked = try await stranger.post("/auth/login", ["email": uma.email, "password": uma.password])
            #expect(locked.status == .tooManyRequests)
            #expect(locked.text.contains("Too many wrong tries."))
            let signedIn = try await own.post("/auth/login", ["email": uma.email, "password": uma.password])
            #expect(signedIn.status == .seeOther)
        }
    }

    @Test("The browser that made an account is known to it: strangers' wrong tries do not lock it out")
    func lockoutAfterRegistration() async throws {
        try await withSite { site in
            let own = try await site.browser()
            let password = Self.password
            _ = try await own.post(
                "/auth/register",
                [
                    "username": "nora", "email": "nora@example.org", "password": password,
                    "password_confirmation": password, "agreement": "1",
                ]
            )
            _ = try await own.post("/auth/logout")
            let stranger = try await site.browser()
            for _ in 0..<5 {
                _ = try await stranger.post("/auth/login", ["email": "nora@example.org", "password": "a guess"])
            }
            let rightly: KeyValuePairs = ["email": "nora@example.org", "password": password]
            #expect(try await stranger.post("/auth/login", rightly).status == .tooManyRequests)
            #expect(try await own.post("/auth/login", rightly).status == .seeOther)
        }
    }

    @Test("An address where nothing is keeps its visitor signed in, and says so in the corner")
    func nothingHere() async throws {
        try await withSite { site in
            let browser = try await site.browser(site.cast.uma)
            for path in ["/no/such/page", "/media/none"] {
                let answer = try await browser.get(path)
                #expect(answer.status == .notFound)
                #expect(answer.text.contains(site.cast.uma.email), "\(path)")
            }
        }
    }

    @Test("What is wrong with a registration is said at its fields, and what was typed stays")
    func registrationProblems() async throws {
        try await withSite { site in
            let browser = try await site.browser()
            let answer = try await browser.post(
                "/auth/register",
                [
                    "username": "uma", "email": "no address", "password": "short", "password_confirmation": "other",
                    "agreement": "1",
                ]
            )
            #expect(answer.status == .unprocessableContent)
            let page = answer.text
            for field in ["username", "email", "password", "password_confirmation"] {
                #expect(page.contains("\(field)-error"), "\(field)")
            }
            #expect(page.contains("value=\"no address\""))
            #expect(!page.contains("value=\"short\""))
        }
    }

    @Test("Signing in takes another session's place: a token planted before is worth nothing")
    func fixation() async throws {
        try await withSite { site in
            let uma = site.cast.uma
            let browser = try await site.browser(site.cast.otto)
            let planted = try #require(browser.cookie("session"))
            _ = try await browser.post("/auth/login", ["email": uma.email, "password": uma.password])
            let fresh = try #require(browser.cookie("session"))
            #expect(fresh != planted)
            #expect(try await site.platform.sessions.resume(planted) == nil)
        }
    }

    @Test("In the testing configuration forms need no token, and the header check stays")
    func testingConfiguration() async throws {
        try await withSite(environment: .testing) { site in
            let uma = site.cast.uma
            let browser = try await site.browser()
            let fields: KeyValuePairs = ["email": uma.email, "password": uma.password]
            let crossSite: HTTPFields = [.init("Sec-Fetch-Site") ?? .accept: "cross-site"]
            #expect(try await browser.post("/auth/login", fields, token: "", headers: crossSite).status == .forbidden)
            #expect(try await browser.post("/auth/login", fields, token: "").status == .seeOther)
        }
    }
}
