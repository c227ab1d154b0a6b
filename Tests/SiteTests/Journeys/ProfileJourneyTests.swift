import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Core
@testable import Site

@Suite("The profile in the browser")
struct ProfileJourneyTests {
    @Test("Who chooses German reads German, whatever the browser asks for", arguments: Engine.available)
    func language(engine: Engine) async throws {
        try await withSite(engine) { site in
            let browser = try await site.browser(site.cast.uma)
            let english = try await browser.get("/user/profile", headers: [.acceptLanguage: "en"])
            #expect(english.status == .ok && english.headers[.contentLanguage] == "en")
            #expect(english.text.contains("<option value=\"de\">Deutsch</option>"))

            let saved = try await browser.post("/user/profile", ["display_name": "Uma <Umber>", "language": "de"])
            #expect(saved.headers[.location] == "/user/profile")
            let german = try await browser.get("/user/profile", headers: [.acceptLanguage: "en"])
            #expect(german.headers[.contentLanguage] == "de" && german.text.contains("<html lang=\"de\">"))
            #expect(german.text.contains("Dein Profil ist gespeichert."))
            #expect(german.text.contains("Uma &lt;Umber&gt;") && !german.text.contains("<Umber>"))
            // A refusal, too, which is made further outside than the page.
            #expect(try await browser.get("/no/such/page").text.contains("<html lang=\"de\">"))

            _ = try await browser.post("/user/profile", ["display_name": "", "language": ""])
            let back = try await browser.get("/user/profile", headers: [.acceptLanguage: "en"])
            #expect(back.headers[.contentLanguage] == "en" && back.text.contains("uma"))
        }
    }

    @Test("A refused profile comes back as it was typed, and nothing is changed")
    func refusal() async throws {
        try await withSite { site in
            let browser = try await site.browser(site.cast.uma)
            let refused = try await browser.post("/user/profile", ["display_name": "a\nb", "language": "xx"])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("This site does not speak that language."))
            let account = try await site.platform.accounts.find(site.cast.uma.id, in: site.cast.uma.scope)
            #expect(account.displayName == nil && account.language == nil)
        }
    }
}
