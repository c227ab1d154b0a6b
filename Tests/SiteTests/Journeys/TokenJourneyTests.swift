import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Site

@Suite("API tokens")
struct TokenJourneyTests {
    private func shown(in page: String) -> String? {
        page.firstMatch(of: /ms_[\w-]{43}/).map { String($0.output) }
    }

    private func api(_ secret: String, on site: TestSite) async throws -> HTTPResponse.Status {
        let headers: HTTPFields = [.authorization: "Bearer \(secret)", .accept: "application/json"]
        return try await site.browser().get("/api/v1/media", headers: headers).status
    }

    @Test(
        "A token is shown once, works, tells when it was used, and ends when it is revoked",
        arguments: Engine.available
    )
    func life(engine: Engine) async throws {
        try await withSite(engine) { site in
            let browser = try await site.browser(site.cast.sam)
            #expect(try await browser.get("/user/tokens").text.contains("value=\"90\" selected"))
            let made = try await browser.post(
                "/user/tokens",
                ["name": "Backup <1>", "permissions": "upload", "permissions": "download", "lifetime": "30"]
            )
            #expect(made.status == .created && made.headers[.cacheControl] == "no-store")
            #expect(made.text.contains("Backup &lt;1&gt;"))
            let secret = try #require(shown(in: made.text))
            let token = try #require(try await site.platform.tokens.authenticate(secret)?.token)
            #expect(token.permissions == [.upload, .download])
            #expect(token.expiresAt == token.createdAt + .days(30))
            #expect(try await api(secret, on: site) == .ok)

            let list = try await browser.get("/user/tokens").text
            #expect(shown(in: list) == nil)
            #expect(list.contains("upload, download"))
            let revoked = try await browser.post("/user/tokens/\(token.publicID)/revoke")
            #expect(revoked.headers[.location] == "/user/tokens")
            #expect(try await api(secret, on: site) == .unauthorized)
            #expect(try await browser.get("/user/tokens").text.contains("Revoked"))
            #expect(try await browser.post("/user/tokens/\(token.publicID)/revoke").status == .notFound)
        }
    }

    @Test("What will not do is said at its field, and no token is made", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        try await withSite(engine) { site in
            let sam = site.cast.sam
            let browser = try await site.browser(sam)
            let cases: [(KeyValuePairs<String, String>, String)] = [
                (["name": "", "permissions": "upload", "lifetime": "30"], "A name has 1 to 100 characters."),
                (["name": "x", "lifetime": "30"], "Choose at least one permission."),
                (["name": "x", "permissions": "fly", "lifetime": "30"], "Choose at least one permission."),
                (["name": "x", "permissions": "upload", "lifetime": "-1"], "Choose how long the token lasts."),
                (["name": "x", "permissions": "upload"], "Choose how long the token lasts."),
                (
                    ["name": "x", "permissions": "manage_all", "lifetime": "30"],
                    "A token cannot do more than its account may do."
                ),
            ]
            for (fields, words) in cases {
                let answer = try await browser.post("/user/tokens", fields)
                #expect(answer.status == .unprocessableContent)
                #expect(answer.text.contains(words), "\(fields)")
            }
            #expect(try await site.platform.tokens.list(of: sam.id, in: sam.scope).items.isEmpty)
        }
    }

    @Test("Whose type may not use the API is told so, and makes no token")
    func notAllowed() async throws {
        try await withSite { site in
            let browser = try await site.browser(site.cast.uma)
            #expect(try await browser.get("/user/tokens").text.contains("may not use the API"))
            let fields: KeyValuePairs = ["name": "x", "permissions": "upload", "lifetime": "30"]
            #expect(try await browser.post("/user/tokens", fields).status == .forbidden)
        }
    }

    @Test("A program makes no token for itself that outlives its own")
    func notByProgram() async throws {
        try await withSite { site in
            let sam = site.cast.sam
            let token = try await site.platform.tokens.create(
                name: "x",
                permissions: sam.scope.permissions,
                for: sam.id,
                in: sam.scope
            )
            let headers: HTTPFields = [.authorization: "Bearer \(token.secret)"]
            let program = try await site.browser()
            let fields: KeyValuePairs = ["name": "y", "permissions": "upload", "lifetime": "never"]
            #expect(try await program.post("/user/tokens", fields, headers: headers).status == .forbidden)
        }
    }

    @Test("A reset of the password revokes every token", arguments: Engine.available)
    func reset(engine: Engine) async throws {
        try await withSite(engine) { site in
            let sam = site.cast.sam
            let secret = try await site.platform.tokens.create(
                name: "x",
                permissions: [.upload],
                for: sam.id,
                in: sam.scope
            ).secret
            #expect(try await api(secret, on: site) == .ok)
            let visitor = try await site.browser()
            _ = try await visitor.post("/auth/forgot-password", ["email": sam.email])
            let mail = try #require(try await site.mails(to: sam.email).first?.text)
            let link = try #require(mail.firstMatch(of: /reset-password\?token=([\w-]+)/))
            _ = try await visitor.post(
                "/auth/reset-password",
                [
                    "token": String(link.1), "password": "nine slow ferries",
                    "password_confirmation": "nine slow ferries",
                ]
            )
            #expect(try await api(secret, on: site) == .unauthorized)
        }
    }
}
