import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Core
@testable import Site

@Suite("Addresses in the browser")
struct AddressJourneyTests {
    /// The path of the link in the newest mail to an address, and the token in it.
    private func link(to address: String, in site: TestSite) async throws -> (path: String, token: String) {
        let mail = try #require(try await site.mails(to: address).first)
        let line = try #require(mail.text.split(separator: "\n").first { $0.hasPrefix("http://localhost/auth/") })
        let token = String(try #require(line.split(separator: "=").last))
        return (String(line.dropFirst("http://localhost".count)), token)
    }

    @Test("Uma gets a new address, and whoever reads the old one takes it back", arguments: Engine.available)
    func change(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = site.cast.uma
            let browser = try await site.browser(uma)
            #expect(try await browser.get("/user/profile").text.contains("href=\"/user/profile/email\""))
            let asked = try await browser.post("/user/profile/email", ["email": "new@example.org"])
            #expect(asked.headers[.location] == "/user/profile")
            let waiting = try await browser.get("/user/profile").text
            #expect(waiting.contains("new@example.org waits for its link"))

            let confirm = try await link(to: "new@example.org", in: site)
            let page = try await browser.get(confirm.path).text
            #expect(page.contains("Use this address"))
            #expect(try await browser.get("/user/profile").text.contains("uma@example.com"), "looking changes nothing")
            let confirmed = try await browser.post("/auth/change-email", ["token": confirm.token])
            #expect(confirmed.headers[.location] == "/user/profile")
            let profile = try await browser.get("/user/profile").text
            #expect(profile.contains("new@example.org") && !profile.contains("waits for its link"))
            #expect(try await browser.get(confirm.path).status == .gone)

            let keep = try await link(to: uma.email, in: site)
            let reader = try await site.browser()
            #expect(try await reader.get(keep.path).text.contains("It was not me"))
            let kept = try await reader.post("/auth/keep-email", ["token": keep.token])
            #expect(kept.headers[.location] == "/auth/login")
            #expect(try await browser.get("/user/profile").status == .seeOther, "everybody is logged out")
            #expect(try await site.mails(to: uma.email).first?.subject == "Choose a new password")
            #expect(try await reader.post("/auth/keep-email", ["token": keep.token]).status == .gone)
        }
    }

    @Test("The answer for an address that somebody has is the same as for any other", arguments: Engine.available)
    func sameAnswer(engine: Engine) async throws {
        try await withSite(engine) { site in
            var answers: Set<String> = []
            for (member, email) in [(site.cast.uma, site.cast.rita.email), (site.cast.otto, "free@example.org")] {
                let browser = try await site.browser(member)
                let answer = try await browser.post("/user/profile/email", ["email": email])
                let page = try await browser.get("/user/profile").text
                let words = page.matches(of: /(?:A mail with a link|[^>]* waits for its link)[^<]*/)
                    .map { String($0.output).replacing(email, with: "ADDRESS") }
                answers.insert("\(answer.status) \(answer.headers[.location] ?? "") \(words)")
            }
            #expect(answers.count == 1, "\(answers)")
        }
    }

    @Test("A refused address comes back as it was typed; a request is forgotten by a button")
    func refusal() async throws {
        try await withSite { site in
            let browser = try await site.browser(site.cast.uma)
            let refused = try await browser.post("/user/profile/email", ["email": "nowhere"])
            #expect(refused.status == .unprocessableContent && refused.text.contains("value=\"nowhere\""))
            _ = try await browser.post("/user/profile/email", ["email": "new@example.org"])
            _ = try await browser.post("/user/profile/email/cancel")
            #expect(try await !browser.get("/user/profile").text.contains("waits for its link"))
            for path in ["/auth/change-email", "/auth/keep-email"] {
                #expect(try await browser.get(path).status == .seeOther)
                #expect(try await browser.get("\(path)?token=x").status == .gone)
                #expect(try await browser.post(path, ["token": "x"]).status == .gone)
            }
        }
    }

    @Test("Where the address comes first, an account is made by the link in the mail", arguments: Engine.available)
    func signUp(engine: Engine) async throws {
        try await withSite(engine, signUp: .verifyFirst) { site in
            let browser = try await site.browser()
            let password = "eleven quiet otters"
            let fields: KeyValuePairs = [
                "username": "nora", "email": "nora@example.org", "password": password,
                "password_confirmation": password, "agreement": "1",
            ]
            #expect(try await browser.post("/auth/register", fields).headers[.location] == "/auth/login")
            #expect(try await browser.get("/user").status == .seeOther)
            let link = try await link(to: "nora@example.org", in: site)
            #expect(try await browser.get(link.path).text.contains("value=\"nora\""))
            let taken = try await browser.post("/auth/complete-sign-up", ["token": link.token, "username": "uma"])
            #expect(taken.status == .unprocessableContent && taken.text.contains("username-error"))
            let done = try await browser.post("/auth/complete-sign-up", ["token": link.token, "username": "nora"])
            #expect(done.headers[.location] == "/auth/login")
            let login = try await browser.post("/auth/login", ["email": "nora@example.org", "password": password])
            #expect(login.headers[.location] == "/user")
            #expect(try await browser.get(link.path).headers[.location] == "/auth/register")
        }
    }
}
