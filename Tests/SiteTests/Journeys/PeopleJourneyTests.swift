import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Site

@Suite("An administrator's day")
struct PeopleJourneyTests {
    @Test("Somebody is added, found, edited, suspended after a question, and noted down", arguments: Engine.available)
    func day(engine: Engine) async throws {
        try await withSite(engine) { site in
            let browser = try await site.browser(site.cast.root)
            let added = try await browser.post(
                "/admin/users/add",
                [
                    "username": "nora", "email": "nora@example.org", "password": "eleven quiet otters",
                    "user_type": "basic", "parent": "sam",
                ]
            )
            let address = try #require(added.headers[.location])
            #expect(added.status == .seeOther && address.hasPrefix("/admin/users/"))
            let id = try #require(address.split(separator: "/").last.map(String.init))
            #expect(try await browser.get(address).text.contains("nora has an account now."))
            #expect(try await browser.get("/admin/users?q=nor&parent=rita").text.contains("nora@example.org"))

            let form = try await browser.get("/admin/edit_user/\(id)").text
            let version = try #require(form.firstMatch(of: /name="version" value="([0-9a-f]+)"/)).1
            let fields: KeyValuePairs = [
                "username": "nora", "email": "nora@example.org", "user_type": "premium", "status": "active",
                "parent": "rita", "version": String(version),
            ]
            #expect(try await browser.post("/admin/edit_user/\(id)", fields).status == .seeOther)
            // The same form once more comes too late.
            #expect(try await browser.post("/admin/edit_user/\(id)", fields).status == .unprocessableContent)

            let question = try await browser.post("/admin/users/act", ["id": id, "act": "suspend"])
            #expect(question.status == .ok && question.text.contains("Suspend 1 account?"))
            let account = try await site.platform.accounts.find(publicID: id, in: site.cast.root.scope)
            #expect(account.status == .active && account.typeCode == "premium")
            let done = try await browser.post("/admin/users/act", ["id": id, "act": "suspend", "confirmed": "1"])
            #expect(done.headers[.location] == address)
            #expect(try await browser.get(address).text.contains("1 account is suspended."))

            _ = try await browser.post("/admin/users/\(id)/notes", ["text": "Called <twice>"])
            #expect(try await browser.get(address).text.contains("Called &lt;twice&gt;"))
        }
    }

    @Test("Sessions of others are ended one by one or all at once")
    func sessions() async throws {
        try await withSite { site async throws in
            let (browser, uma) = (try await site.browser(site.cast.root), site.cast.uma)
            let path = "/admin/users/\(uma.account.publicID)"
            let signedIn = [try await site.browser(uma), try await site.browser(uma), try await site.browser(uma)]
            let list = try await site.platform.sessions.list(of: uma.id, in: uma.scope).items
            _ = try await browser.post("\(path)/sessions", ["session": list[0].publicID])
            #expect(try await site.platform.sessions.list(of: uma.id, in: uma.scope).items.count == 2)
            _ = try await browser.post("\(path)/sessions")
            for browser in signedIn { #expect(try await browser.get("/user").status == .seeOther) }
            #expect(try await browser.get(path).text.contains("2 sessions are ended."))
        }
    }

    @Test("Choosing nothing, or something that there is not, changes nothing and says so")
    func nothing() async throws {
        try await withSite { site async throws in
            let browser = try await site.browser(site.cast.root)
            for fields: KeyValuePairs in [["act": "suspend"], ["id": "x", "act": "explode"]] {
                #expect(try await browser.post("/admin/users/act", fields).headers[.location] == "/admin/users")
                #expect(try await browser.get("/admin/users").text.contains("Choose at least one account"))
            }
            let unknown = try await browser.post("/admin/users/act", ["id": "x", "act": "suspend"])
            #expect(unknown.status == .notFound)
            let type: KeyValuePairs = ["id": site.cast.uma.account.publicID, "act": "change_type", "user_type": "king"]
            #expect(try await browser.post("/admin/users/act", type).status == .notFound)
        }
    }

    @Test("Who is no administrator reads what this place is, and where to go")
    func explanation() async throws {
        try await withSite { site async throws in
            for member in [nil, site.cast.uma, site.cast.rita] {
                let page = try await site.browser(member).get("/admin")
                #expect(page.status == .ok && page.text.contains("Only administrators come in."))
                #expect(!page.text.contains("href=\"/admin/users\""))
            }
            let page = try await site.browser(site.cast.root).get("/admin")
            #expect(page.text.contains("href=\"/admin/users\""))
        }
    }

    @Test(
        "Who acts for somebody sees their site under a banner, without their secrets, and comes back",
        arguments: Engine.available
    )
    func acting(engine: Engine) async throws {
        try await withSite(engine) { site async throws in
            let (browser, uma) = (try await site.browser(site.cast.root), site.cast.uma)
            let path = "/admin/users/\(uma.account.publicID)/impersonate"
            #expect(try await browser.post(path, ["reason": ""]).status == .unprocessableContent)
            #expect(try await browser.post(path, ["reason": "Ticket 12"]).headers[.location] == "/user")

            for page in ["/user", "/media", "/media/upload"] {
                #expect(try await browser.get(page).text.contains("root acts for uma."))
            }
            #expect(try await browser.get("/admin/users").status == .forbidden)
            let secrets = site.routes.filter { $0.isPersonal }
            #expect(!secrets.isEmpty)
            for route in secrets {
                let path = route.path.replacing("{id}", with: "x")
                let answer = route.changesSomething ? try await browser.post(path) : try await browser.get(path)
                #expect(answer.status == .forbidden, "\(route.name)")
            }

            let back = try await browser.post("/admin/impersonation/end")
            #expect(back.headers[.location] == "/admin/users/\(uma.account.publicID)")
            let page = try await browser.get("/admin/audit?subject=uma").text
            #expect(page.contains("impersonation.ended") && page.contains("Ticket 12"))
            #expect(!page.contains("root acts for uma."))
            #expect(try await browser.post("/admin/impersonation/end").status == .notFound)
        }
    }
}
