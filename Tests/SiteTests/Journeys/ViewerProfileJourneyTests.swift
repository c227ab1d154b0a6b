import HTTPTypes
import HummingbirdTesting
import NIOCore
import Persistence
import TestSupport
import Testing

@testable import Core
@testable import Site

@Suite("Profiles in the browser")
struct ViewerProfileJourneyTests {
    private let max: KeyValuePairs = ["name": "Max", "picture": "robot", "colour": "plum", "pin": "4711"]
    private let mia: KeyValuePairs = ["name": "Mia", "picture": "cat", "colour": "coral", "age_limit": "12"]

    private func add(_ fields: KeyValuePairs<String, String>, _ browser: Browser, _ site: TestSite) async throws
        -> String
    {
        let added = try await browser.post("/user/profiles/add", fields)
        #expect(added.headers[.location] == "/user/profiles/manage")
        return try #require(try await site.platform.viewerProfiles.list(in: site.cast.uma.scope).last).publicID
    }

    @Test(
        "Nothing is shown before somebody says who is watching; then they are where they wanted",
        arguments: Engine.available
    )
    func choice(engine: Engine) async throws {
        try await withSite(engine) { site in
            let browser = try await site.browser(site.cast.uma)
            #expect(try await browser.get("/user").status == .ok)
            let id = try await add(max, browser, site)
            let asked = try await browser.get("/media?mine=1")
            #expect(asked.headers[.location] == "/user/profiles?next=%2Fmedia%3Fmine%3D1")
            #expect(try await browser.get("/api/v1/media", headers: [.accept: "application/json"]).status == .forbidden)

            let tiles = try await browser.get("/user/profiles?next=/media?mine=1")
            #expect(tiles.text.contains("Who is watching?") && tiles.text.contains("/user/profiles/\(id)?next="))
            let wrong = try await browser.post(
                "/user/profiles/\(id)",
                ["profile_pin": "0000", "next": "/media?mine=1"]
            )
            #expect(
                wrong.status == .unprocessableContent && wrong.text.contains("This is not the PIN of this profile.")
            )
            for _ in 0..<4 { _ = try await browser.post("/user/profiles/\(id)", ["profile_pin": "0000"]) }
            let closed = try await browser.post("/user/profiles/\(id)", ["profile_pin": "4711"])
            #expect(closed.status == .tooManyRequests && closed.headers[.retryAfter] != nil)
            #expect(closed.text.contains("Try again in "))

            try await site.database.write { db in try db.execute("UPDATE profile SET pin_closed_until = 0") }
            let right = try await browser.post(
                "/user/profiles/\(id)",
                ["profile_pin": "4711", "next": "/media?mine=1"]
            )
            #expect(right.headers[.location] == "/media?mine=1")
            let overview = try await browser.get("/user")
            #expect(overview.text.contains("Hello, Max") && overview.text.contains("faces.svg#robot"))
            // Another address than one of ours leads nowhere.
            let away = try await browser.post("/user/profiles/\(id)", ["next": "https://evil.example"])
            #expect(away.headers[.location] == "/user")
        }
    }

    @Test(
        "A child's profile is for watching: what is not rated for it, and every other door, is closed",
        arguments: Engine.available
    )
    func child(engine: Engine) async throws {
        try await withSite(engine) { site in
            let browser = try await site.browser(site.cast.uma)
            let item = try await site.item(of: site.cast.uma, title: "Ghosts", visibility: "public")
            let child = try await add(mia, browser, site)
            #expect(try await browser.post("/user/profiles/\(child)").headers[.location] == "/user")

            for path in ["", "/edit", "/download", "/thumbnail", "/stream"] {
                #expect(try await browser.get("/media/\(item)\(path)").status == .notFound, "\(path)")
            }
            #expect(try await browser.get("/api/v1/media/\(item)").status == .notFound)
            for list in ["/media", "/media?mine=1", "/media?q=ghosts", "/user"] {
                #expect(try await !browser.get(list).text.contains("/media/\(item)\""), "\(list)")
            }
            for path in ["/media/upload", "/user/security", "/user/tokens", "/media/trash"] {
                #expect(try await browser.get(path).status == .forbidden, "\(path)")
            }
            let first = try #require(try await site.platform.viewerProfiles.list(in: site.cast.uma.scope).first)
                .publicID
            #expect(try await browser.post("/user/profiles/\(first)").status == .unprocessableContent)
            let edit = try await browser.post(
                "/user/profiles/\(child)/edit",
                ["name": "M", "picture": "cat", "colour": "sea"]
            )
            #expect(edit.status == .unprocessableContent)

            let password = site.cast.uma.password
            #expect(
                try await browser.post("/user/profiles/\(first)", ["current_password": password]).status == .seeOther
            )
            let saved = try await browser.post(
                "/media/\(item)/edit",
                ["title": "Ghosts", "description": "", "visibility": "public", "age_rating": "12"]
            )
            #expect(saved.status == .seeOther)
            _ = try await browser.post("/user/profiles/\(child)")
            let page = try await browser.get("/media/\(item)")
            #expect(page.status == .ok && page.text.contains("From 12 years") && !page.text.contains("/edit"))
        }
    }

    @Test("A profile goes after a question that says what goes with it", arguments: Engine.available)
    func removal(engine: Engine) async throws {
        try await withSite(engine) { site in
            let browser = try await site.browser(site.cast.uma)
            let id = try await add(["name": "Leo", "picture": "owl", "colour": "sun"], browser, site)
            #expect(try await browser.get("/user/profiles/\(id)/delete").text.contains("It has no history yet."))
            let gone = try await browser.post("/user/profiles/\(id)/delete")
            #expect(gone.headers[.location] == "/user/profiles/manage")
            let last = try #require(try await site.platform.viewerProfiles.list(in: site.cast.uma.scope).first).publicID
            #expect(try await browser.post("/user/profiles/\(last)/delete").status == .conflict)
            #expect(try await browser.get("/user/profiles/\(id)/delete").status == .notFound)
        }
    }

    @Test("A player tells where it is, and goes on there", arguments: Engine.available)
    func places(engine: Engine) async throws {
        try await withSite(engine) { site in
            let browser = try await site.browser(site.cast.uma)
            let item = try await site.item(of: site.cast.uma, title: "Long film")
            try await site.database.write { db in
                try db.execute(
                    "UPDATE media SET kind = 'video', status = 'ready', duration = 600000 WHERE public_id = \(item)"
                )
                try db.execute("UPDATE media_file SET is_web_ready = 1")
            }
            var headers: HTTPFields = [.contentType: "application/json", .accept: "application/json"]
            let csrf = try #require(HTTPField.Name("X-CSRF-Token"))
            let path = "/api/v1/media/\(item)/position"
            let place = ByteBuffer(string: "{\"seconds\": 123.5}")
            #expect(try await browser.send(.put, path, headers: headers, body: place).status == .forbidden)
            headers[csrf] = try await browser.token()
            #expect(try await browser.send(.put, path, headers: headers, body: place).status == .noContent)
            for body in ["{}", "{\"seconds\": -1}", "{\"seconds\": \"x\"}", "nonsense"] {
                let answer = try await browser.send(.put, path, headers: headers, body: ByteBuffer(string: body))
                #expect([.badRequest, .unprocessableContent].contains(answer.status), "\(body)")
            }
            #expect(try await browser.get("/media/\(item)").text.contains("data-place=\"123.5\""))
            let overview = try await browser.get("/user").text
            #expect(overview.contains("class=\"card-watched\"") && overview.contains("Watched to 21"))
        }
    }

    @Test(
        "The front door leads members to their overview and administrators to what they look after",
        arguments: Engine.available
    )
    func frontDoor(engine: Engine) async throws {
        try await withSite(engine) { site in
            for (member, path) in [(site.cast.uma, "/user"), (site.cast.sam, "/user"), (site.cast.root, "/admin")] {
                let browser = try await site.browser(member)
                for door in ["/", "/referred"] {
                    #expect(try await browser.get(door).headers[.location] == path)
                }
            }
            let visitor = try await site.browser()
            #expect(try await visitor.get("/referred").text.contains("Somebody invited you"))
        }
    }
}
