import Foundation
import HTTPTypes
import HummingbirdTesting
import Persistence
import TestSupport
import Testing

@testable import Core
@testable import Site

@Suite("Two-step sign-in in the browser")
struct SecondFactorJourneyTests {
    /// What an app shows that was told the key which stands in the page; a step later for each `later`.
    private func code(from page: String, later: Int64 = 0) throws -> String {
        let key = try #require(page.firstMatch(of: /<code class="key">([A-Z2-7 ]+)<\/code>/)).output.1
        return OneTimeCode(secret: Self.decode(String(key.filter { $0 != " " })))
            .code(step: OneTimeCode.step(at: Effects.live.now()) + later)
    }

    private static func decode(_ base32: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bytes, bits, count) = ([UInt8](), UInt32(0), 0)
        for character in base32 {
            bits = bits << 5 | UInt32(alphabet.firstIndex(of: character) ?? 0)
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> UInt32(count) & 0xFF))
                bits &= (1 << UInt32(count)) - 1
            }
        }
        return bytes
    }

    @Test("Somebody sets it up by the QR page, logs in with it, and turns it off", arguments: Engine.available)
    func journey(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = site.cast.uma
            let browser = try await site.browser(uma)
            #expect(
                try await browser.post("/user/security/two-factor").headers[.location]
                    == "/user/security/two-factor/app"
            )
            let setUp = try await browser.get("/user/security/two-factor/app")
            #expect(setUp.text.contains("<svg viewBox=") && setUp.headers[.cacheControl] == "no-store")
            let first = try code(from: setUp.text)
            let codes = try await browser.post("/user/security/two-factor/app", ["code": first])
            #expect(codes.status == .ok && codes.headers[.cacheControl] == "no-store")
            #expect(codes.text.matches(of: /<li><code>[a-z2-7-]{19}<\/code><\/li>/).count == 10)
            let recoveryCode = String(try #require(codes.text.firstMatch(of: /[a-z2-7]{4}(-[a-z2-7]{4}){3}/)).output.0)
            #expect(codes.text.contains("href=\"data:text/plain;charset=utf-8,"))
            #expect(try await browser.get("/user/security/two-factor/app").status == .seeOther)
            let subjects = try await site.mails(to: uma.email).map(\.subject)
            #expect(subjects == ["Two-step sign-in is on"])

            _ = try await browser.post("/auth/logout")
            let half = try await browser.post(
                "/auth/login",
                ["email": uma.email, "password": uma.password, "next": "/media/upload"]
            )
            #expect(half.headers[.location] == "/auth/second-step?next=%2Fmedia%2Fupload")
            #expect(browser.cookie("session") == nil && browser.cookie("second_step") != nil)
            for path in ["/user", "/media/upload", "/user/security/two-factor", "/auth/confirm"] {
                let answer = try await browser.get(path)
                #expect(answer.headers[.location]?.hasPrefix("/auth/login") == true, "\(path)")
            }
            let fields: KeyValuePairs = ["code": "000000", "next": "/media/upload"]
            let refused = try await browser.post("/auth/second-step", fields)
            #expect(refused.status == .unprocessableContent && !refused.text.contains("value=\"000000\""))
            // That of the next step: the one of this step was used for setting up.
            let right: KeyValuePairs = ["code": try code(from: setUp.text, later: 1), "next": "/media/upload"]
            #expect(try await browser.post("/auth/second-step", right).headers[.location] == "/media/upload")
            #expect(browser.cookie("second_step") == nil)
            #expect(try await browser.get("/media/upload").status == .ok)

            let off = try await browser.post(
                "/user/security/two-factor/off",
                ["password": uma.password, "code": recoveryCode]
            )
            #expect(off.headers[.location] == "/user/security/two-factor")
            #expect(try await browser.get("/user/security/two-factor").text.contains("Set it up"))
        }
    }

    @Test(
        "A browser that was left open is asked again before a dangerous act, and led back",
        arguments: Engine.available
    )
    func stepUp(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = site.cast.uma
            let browser = try await site.browser(uma)
            try await site.database.write { db in
                try db.execute("UPDATE session SET proven_at = proven_at - 600000 WHERE account_id = \(uma.id)")
            }
            let page = try await browser.get("/user/security/two-factor/app")
            #expect(page.headers[.location] == "/auth/confirm?next=%2Fuser%2Fsecurity%2Ftwo-factor%2Fapp")
            let form = try await browser.post(
                "/user/security/two-factor",
                headers: [.referer: "https://evil.example/user/security/two-factor?x=1"]
            )
            #expect(form.headers[.location] == "/auth/confirm?next=%2Fuser%2Fsecurity%2Ftwo-factor")
            #expect(try await browser.get("/auth/confirm").text.contains("Then do it again."))
            #expect(try await !site.platform.secondFactors.state(in: uma.scope).isOn)

            let wrong = try await browser.post("/auth/confirm", ["password": "wrong", "next": "/user"])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("The password is not right."))
            let next: KeyValuePairs = ["password": uma.password, "next": "//evil.example"]
            #expect(try await browser.post("/auth/confirm", next).headers[.location] == "/user")
            #expect(
                try await browser.post("/user/security/two-factor").headers[.location]
                    == "/user/security/two-factor/app"
            )
        }
    }

    @Test("Whose user type must have it is led there before anything else, and can log out")
    func required() async throws {
        try await withSite(secondFactorFor: ["basic"]) { site in
            let browser = try await site.browser(site.cast.uma)
            for path in ["/", "/user", "/media", "/no/such/page"] {
                #expect(try await browser.get(path).headers[.location] == "/user/security/two-factor", "\(path)")
            }
            let api = try await browser.get("/api/v1/media", headers: [.accept: "application/json"])
            #expect(api.status == .forbidden && api.text.contains("second_factor_required"))
            #expect(try await browser.get("/user/security/two-factor").text.contains("needs two-step sign-in"))
            let token = try await browser.token()
            #expect(try await browser.post("/user/security/two-factor", token: token).status == .seeOther)
            let setUp = try await browser.get("/user/security/two-factor/app")
            let right = try code(from: setUp.text)
            #expect(
                try await browser.post("/user/security/two-factor/app", ["code": right], token: token).status == .ok
            )
            #expect(try await browser.get("/user").status == .ok)
            #expect(try await site.browser(site.cast.sam).get("/user").status == .ok)
        }
    }

    @Test("Programs wait, too, until whoever made their token has set it up")
    func programs() async throws {
        try await withSite(secondFactorFor: ["admin"]) { site in
            for (member, status) in [(site.cast.root, HTTPResponse.Status.forbidden), (site.cast.sam, .ok)] {
                let created = try await site.platform.tokens.create(
                    name: "program",
                    permissions: [.useAPI],
                    expiresAt: nil,
                    for: member.id,
                    in: member.scope
                )
                let bearer: HTTPFields = [.authorization: "Bearer \(created.secret)"]
                let answer = try await site.browser().get("/api/v1/media", headers: bearer)
                #expect(answer.status == status)
                #expect(answer.text.contains("second_factor_required") == (status == .forbidden))
            }
        }
    }
}
