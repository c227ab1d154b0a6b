import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Core
@testable import Site

@Suite("Leaving, in the browser")
struct DepartureJourneyTests {
    @Test("Uma deletes her account, logs in again, is asked, and keeps it", arguments: Engine.available)
    func leaveAndStay(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = site.cast.uma
            let (browser, other) = (try await site.browser(uma), try await site.browser(uma))
            #expect(try await browser.get("/user/profile").text.contains("href=\"/user/profile/delete\""))
            let refused = try await browser.post("/user/profile/delete", ["username": "otto"])
            #expect(refused.status == .unprocessableContent && refused.text.contains("This is not your username."))
            let asked = try await browser.post("/user/profile/delete", ["username": "uma"])
            #expect(asked.headers[.location] == "/")
            for gone in [browser, other] { #expect(try await gone.get("/user").status == .seeOther) }
            let mail = try #require(try await site.mails(to: uma.email).first)
            #expect(mail.subject == "Your account is about to be deleted")

            let back = try await site.browser()
            _ = try await back.post("/auth/login", ["email": uma.email, "password": uma.password])
            for path in ["/user", "/media", "/user/profile"] {
                #expect(try await back.get(path).headers[.location] == "/user/leaving", "\(path)")
            }
            #expect(try await back.get("/user/leaving").text.contains("Keep my account"))
            let kept = try await back.post("/user/leaving/keep")
            #expect(kept.headers[.location] == "/user")
            #expect(try await back.get("/user").status == .ok)
            #expect(try await back.get("/user/leaving").headers[.location] == "/user")
        }
    }

    @Test("The last administrator is told why not")
    func lastAdministrator() async throws {
        try await withSite { site in
            let browser = try await site.browser(site.cast.root)
            let answer = try await browser.post("/user/profile/delete", ["username": "root"])
            #expect(answer.status == .conflict && answer.text.contains("This is the last administrator."))
        }
    }
}
