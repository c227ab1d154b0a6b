import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Core
@testable import Site

@Suite("Confirming an address, and a forgotten password")
struct EmailLinkJourneyTests {
    private static let password = "eleven quiet otters"

    /// The path of the link in the newest mail to an address.
    private func link(to address: String, in site: TestSite) async throws -> String {
        let mail = try #require(try await site.mails(to: address).first)
        let line = try #require(mail.text.split(separator: "\n").first { $0.hasPrefix("http://localhost/auth/") })
        return String(line.dropFirst("http://localhost".count))
    }

    private func token(of link: String) throws -> String {
        String(try #require(link.split(separator: "=").last))
    }

    @Test("Somebody registers, opens the link in the mail, and the reminder goes away", arguments: Engine.available)
    func verification(engine: Engine) async throws {
        try await withSite(engine) { site in
            let browser = try await site.browser()
            let fields: KeyValuePairs = [
                "username": "nora", "email": "nora@example.org", "password": Self.password,
                "password_confirmation": Self.password, "agreement": "1",
            ]
            _ = try await browser.post("/auth/register", fields)
            #expect(try await browser.get("/user").text.contains("nora@example.org. <a href"))
            let link = try await link(to: "nora@example.org", in: site)
            #expect(try await browser.get(link).text.contains("Confirm this address"))
            #expect(try await browser.get("/user").text.contains("Send it again"), "looking confirms nothing")
            let confirmed = try await browser.post("/auth/verify-email", ["token": try token(of: link)])
            #expect(confirmed.headers[.location] == "/user")
            let dashboard = try await browser.get("/user").text
            #expect(dashboard.contains("Your e-mail address is confirmed.") && !dashboard.contains("Send it again"))
            #expect(try await browser.get(link).status == .gone)
            #expect(try await browser.post("/auth/verify-email", ["token": try token(of: link)]).status == .gone)
        }
    }

    @Test("A forgotten password is replaced, and who was signed in is out", arguments: Engine.available)
    func reset(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = site.cast.uma
            let signedIn = try await site.browser(uma)
            let browser = try await site.browser()
            let asked = try await browser.post("/auth/forgot-password", ["email": uma.email])
            #expect(asked.headers[.location] == "/auth/login")
            let link = try await link(to: uma.email, in: site)
            let token = try token(of: link)
            #expect(try await browser.get(link).text.contains("name=\"token\" value=\"\(token)\""))
            let weak = try await browser.post(
                "/auth/reset-password",
                ["token": token, "password": "short", "password_confirmation": "short"]
            )
            #expect(weak.status == .unprocessableContent && weak.text.contains("value=\"\(token)\""))
            let fields: KeyValuePairs = [
                "token": token, "password": Self.password, "password_confirmation": Self.password, "agreement": "1",
            ]
            #expect(try await browser.post("/auth/reset-password", fields).headers[.location] == "/auth/login")
            #expect(try await signedIn.get("/user").status == .seeOther)
            let login = try await browser.post("/auth/login", ["email": uma.email, "password": Self.password])
            #expect(login.headers[.location] == "/user")
            #expect(try await browser.post("/auth/reset-password", fields).status == .gone)
            #expect(try await site.mails(to: uma.email).first?.subject == "Your password was changed")
        }
    }

    @Test(
        "Known, unknown, locked and disabled addresses get the same answer",
        arguments: Engine.available
    )
    func sameAnswer(engine: Engine) async throws {
        try await withSite(engine) { site in
            let cast = site.cast
            for _ in 0..<5 {
                _ = try await site.browser().post("/auth/login", ["email": cast.otto.email, "password": "a guess"])
            }
            try await site.platform.accounts.setStatus(.suspended, of: cast.sam.id, in: cast.root.scope)
            for path in ["/auth/forgot-password", "/auth/resend-verification"] {
                var answers: Set<String> = []
                for email in [cast.uma.email, "nobody@example.org", cast.otto.email, cast.sam.email] {
                    let browser = try await site.browser()
                    let answer = try await browser.post(path, ["email": email])
                    let names = answer.headers.map(\.name.canonicalName).sorted()
                    let location = answer.headers[.location] ?? ""
                    let page = try await browser.get("/auth/login").text
                    let words = page.matches(of: /If (?:there is|this address)[^<]*/).map { String($0.output) }
                    answers.insert("\(answer.status) \(names) \(location) \(answer.text) \(words)")
                }
                #expect(answers.count == 1, "\(answers)")
            }
        }
    }

    @Test("The link leads to the configured address, whatever host a request names")
    func hostHeader() async throws {
        try await withSite { site in
            let uma = site.cast.uma
            let browser = try await site.browser()
            let token = try await browser.token()
            let headers: HTTPFields = [
                .init("Host") ?? .accept: "evil.example", .init("X-Forwarded-Host") ?? .accept: "evil.example",
            ]
            _ = try await browser.post("/auth/forgot-password", ["email": uma.email], token: token, headers: headers)
            let mail = try #require(try await site.mails(to: uma.email).first)
            #expect(mail.text.contains("http://localhost/auth/reset-password?token=") && !mail.text.contains("evil"))
        }
    }

    @Test("Bad input is answered where it stands, and no address is taken for a link")
    func badInput() async throws {
        try await withSite { site in
            let browser = try await site.browser()
            let refused = try await browser.post("/auth/forgot-password", ["email": "uma"])
            #expect(refused.status == .unprocessableContent && refused.text.contains("email-error"))
            for path in ["/auth/reset-password", "/auth/verify-email"] {
                #expect(try await browser.get(path).status == .seeOther)
                for token in ["x", "%00", String(repeating: "a", count: 5000)] {
                    let page = try await browser.get("\(path)?token=\(token)")
                    #expect(page.status == .gone, "\(path) \(token.prefix(9))")
                    #expect(page.text.contains("used already") && page.text.contains("name=\"email\""))
                }
                #expect(try await browser.post(path).status == .gone)
            }
        }
    }

    @Test("Mails of this machine are shown to nobody who comes through a network or a proxy")
    func developmentMail() async throws {
        try await withSite { site in
            let visitor = try await site.browser()
            let root = try await site.browser(site.cast.root)
            for browser in [visitor, root] {
                let answer = try await browser.get("/dev/mail")
                #expect(answer.status == .notFound)
            }
        }
        try await withSite(environment: .testing) { site in
            #expect(!site.routes.contains { $0.path.hasPrefix("/dev/") })
        }
    }
}
