import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Core
@testable import Site

/// What a stranger gets for the address of an account and for any other is the same, byte for byte.
@Suite("Same answer for every address")
struct SameAnswerTests {
    /// Status, headers and body, without what differs between any two requests: the request's id, the date, tokens, how many
    /// forms the same network may still send, and the length of the address that stands in the form again.
    private struct Answer {
        let status: Int
        let headers: [String]
        let body: String

        init(_ response: TestResponse, to email: String) {
            status = Int(response.status.code)
            headers = response.headers
                .filter { !["content-length", "date", "ratelimit", "x-request-id"].contains($0.name.canonicalName) }
                .map { "\($0.name.canonicalName): \(Self.plain($0.value, email))" }
                .sorted()
            body = Self.plain(response.text, email)
        }

        /// The address itself is in the form again, in place of what was typed.
        private static func plain(_ text: String, _ email: String) -> String {
            text.replacing(email, with: "ADDRESS")
                .replacing(/name="csrf_token" value="[^"]*"/, with: "TOKEN")
                .replacing(/name="form-token" content="[^"]*"/, with: "TOKEN")
                .replacing(/<code>[^<]*<\/code>/, with: "ID")
                .replacing(/^((?:__Host-)?\w+)=[^;]+;/, with: { "\($0.1)=VALUE;" })
        }

        private var lines: [String] { ["\(status)"] + headers + body.split(separator: "\n").map { String($0) } }

        /// The lines in which this one is another.
        func differences(from other: Answer) -> [String] {
            zip(lines, other.lines).filter { $0 != $1 }.map { "\($0) | \($1)" }
                + (lines.count == other.lines.count ? [] : ["\(lines.count) lines | \(other.lines.count) lines"])
        }
    }

    /// Known, unknown, locked out, suspended, closed.
    private func addresses(on site: TestSite) async throws -> [String] {
        let cast = site.cast
        for _ in 0..<5 {
            let guess = SignIn(email: cast.sam.email, password: "wrong", client: "198.51.100.1", device: nil)
            _ = try await site.platform.accounts.signIn(guess, in: .visitor(tenant: .platform))
        }
        try await site.platform.accounts.setStatus(.suspended, of: cast.otto.id, in: .system())
        try await site.platform.accounts.setStatus(.closed, of: cast.rolf.id, in: .system())
        return [cast.uma.email, "nobody@example.com", cast.sam.email, cast.otto.email, cast.rolf.email]
    }

    private func expectSame(_ answers: [Answer]) {
        for answer in answers.dropFirst() { #expect(answer.differences(from: answers[0]) == []) }
    }

    @Test("Signing in with a wrong password, until the door closes and after", arguments: Engine.available)
    func signIn(engine: Engine) async throws {
        // How many minutes the door stays closed is in the answers: no time goes by between them.
        let moment = Effects.live.now()
        let still = Effects(now: { moment }, randomBytes: Effects.live.randomBytes)
        try await withSite(engine, effects: still) { site in
            var answers: [[Answer]] = []
            for email in try await addresses(on: site) {
                let browser = try await site.browser()
                let token = try await browser.token()
                var own: [Answer] = []
                for _ in 0..<7 {
                    let fields: KeyValuePairs = ["email": email, "password": "wrong"]
                    own.append(Answer(try await browser.post("/auth/login", fields, token: token), to: email))
                }
                #expect(own.map(\.status) == [422, 422, 422, 422, 429, 429, 429])
                answers.append(own)
            }
            for number in 0..<7 { expectSame(answers.map { $0[number] }) }
        }
    }

    @Test(
        "The right password of an account that may not sign in says the same as a wrong one",
        arguments: Engine.available
    )
    func rightPassword(engine: Engine) async throws {
        try await withSite(engine) { site in
            let emails = try await addresses(on: site)
            var answers: [Answer] = []
            for (email, password) in [
                (emails[1], "wrong"), (emails[3], site.cast.otto.password), (emails[4], site.cast.rolf.password),
            ] {
                let browser = try await site.browser()
                let fields: KeyValuePairs = ["email": email, "password": password]
                answers.append(Answer(try await browser.post("/auth/login", fields), to: email))
            }
            expectSame(answers)
        }
    }

    @Test(
        "Asking for a link, to reset or to confirm, and the page after it",
        arguments: Engine.available,
        ["/auth/forgot-password", "/auth/resend-verification"]
    )
    func links(engine: Engine, path: String) async throws {
        try await withSite(engine) { site in
            var (answers, pages): ([Answer], [Answer]) = ([], [])
            for email in try await addresses(on: site) {
                let browser = try await site.browser()
                answers.append(Answer(try await browser.post(path, ["email": email]), to: email))
                pages.append(Answer(try await browser.get("/auth/login"), to: email))
            }
            expectSame(answers)
            expectSame(pages)
            #expect(answers[0].status == 303)
            #expect(pages[0].body.contains("is on its way"))
        }
    }

    @Test("Signing up where the address comes first, and the page after it", arguments: Engine.available)
    func signUp(engine: Engine) async throws {
        try await withSite(engine, signUp: .verifyFirst) { site in
            var (answers, pages): ([Answer], [Answer]) = ([], [])
            for (number, email) in try await addresses(on: site).enumerated() {
                let browser = try await site.browser()
                let fields: KeyValuePairs = [
                    "username": "nora\(number)", "email": email, "password": "eleven quiet otters",
                    "password_confirmation": "eleven quiet otters", "agreement": "1",
                ]
                answers.append(Answer(try await browser.post("/auth/register", fields), to: email))
                pages.append(Answer(try await browser.get("/auth/login"), to: email))
            }
            expectSame(answers)
            expectSame(pages)
            #expect(answers[0].status == 303)
            #expect(pages[0].body.contains("Open it to finish your account."))
        }
    }
}
