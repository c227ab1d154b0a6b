import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Core
@testable import Site

@Suite("Privacy policy and terms in the browser")
struct PolicyJourneyTests {
    @Test("An administrator publishes terms, visitors read them, and who registers agrees", arguments: Engine.available)
    func journey(engine: Engine) async throws {
        try await withSite(engine) { site async throws in
            let (root, visitor) = (try await site.browser(site.cast.root), try await site.browser())
            #expect(try await visitor.get("/terms-of-service").text.contains("What you upload stays yours."))
            #expect(try await visitor.get("/privacy-policy?version=1").status == .notFound)
            let form = try await root.get("/admin/pages/terms-of-service").text
            #expect(form.contains("name=\"version\" value=\"0\""))

            let text = "# Rules\r\n\r\nBe kind to <everybody>.\r\n"
            let published = try await root.post("/admin/pages/terms-of-service", ["version": "0", "text": text])
            #expect(published.headers[.location] == "/terms-of-service")
            let page = try await visitor.get("/terms-of-service").text
            #expect(page.contains("<h2>Rules</h2>") && page.contains("<p>Be kind to &lt;everybody&gt;.</p>"))
            #expect(try await visitor.get("/terms-of-service?version=0").text.contains("no longer in force"))
            let again = try await root.post("/admin/pages/terms-of-service", ["version": "0", "text": "Other"])
            #expect(again.status == .conflict)

            let fields: KeyValuePairs = [
                "username": "nora", "email": "nora@example.org", "password": "eleven quiet otters",
                "password_confirmation": "eleven quiet otters", "privacy_version": "0", "terms_version": "1",
            ]
            let refused = try await visitor.post("/auth/register", fields)
            #expect(refused.status == .unprocessableContent && refused.text.contains("agreement-error"))
            let agreed = try await visitor.post(
                "/auth/register",
                [
                    "username": "nora", "email": "nora@example.org", "password": "eleven quiet otters",
                    "password_confirmation": "eleven quiet otters", "privacy_version": "0", "terms_version": "1",
                    "agreement": "1",
                ]
            )
            #expect(agreed.headers[.location] == "/user")
            let nora = try await site.platform.accounts.byEmail("nora@example.org", in: .system())
            let versions = try await site.platform.policies.acceptances(of: nora.id, in: .system()).map(\.version)
            #expect(versions == [0, 1])
        }
    }

    @Test("An empty text is refused, and the one in force stays")
    func refusal() async throws {
        try await withSite { site async throws in
            let root = try await site.browser(site.cast.root)
            let refused = try await root.post("/admin/pages/privacy-policy", ["version": "0", "text": "  "])
            #expect(refused.status == .unprocessableContent && refused.text.contains("text-error"))
            #expect(try await site.platform.policies.current(.privacy) == nil)
        }
    }
}
