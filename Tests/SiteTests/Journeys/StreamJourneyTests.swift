import HTTPTypes
import HummingbirdTesting
import Persistence
import TestSupport
import Testing

@testable import Core
@testable import Site

/// Uma is `basic`: two streams at once.
@Suite("Simultaneous streams on the site")
struct StreamJourneyTests {
    private func films(_ site: TestSite) async throws -> [String] {
        var films: [String] = []
        for title in ["Harbour", "Lake", "Dunes"] { films.append(try await site.item(of: site.cast.uma, title: title)) }
        _ = try await site.database.write { db in
            try db.execute("UPDATE media SET kind = 'video', status = 'ready'")
            try db.execute("UPDATE media_file SET is_web_ready = 1")
        }
        return films
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ browser: Browser) async throws -> TestResponse {
        let csrf = try #require(HTTPField.Name("X-CSRF-Token"))
        let headers: HTTPFields = [csrf: try await browser.token(), .accept: "application/json"]
        return try await browser.send(method, path, headers: headers)
    }

    @Test(
        "Files and segments count, downloads and pictures do not, and the answer says why",
        arguments: Engine.available
    )
    func bytes(engine: Engine) async throws {
        try await withSite(engine) { site in
            let films = try await films(site)
            try await site.addFilm(to: films[2])
            let (sofa, train) = (try await site.browser(site.cast.uma), try await site.browser(site.cast.uma))
            #expect(
                try await sofa.get("/media/\(films[0])").text.contains(
                    "data-claim=\"/api/v1/media/\(films[0])/stream\""
                )
            )
            for film in films.prefix(2) { #expect(try await sofa.get("/media/\(film)/play").status == .ok) }
            #expect(try await train.get("/media/\(films[0])/play").status == .tooManyRequests)
            let segment = "/media/\(films[2])/stream/rung-\(films[2])/0.m4s"
            let refused = try await train.get(segment, headers: [.accept: "application/json"])
            #expect(refused.status == .tooManyRequests && refused.text.contains("too_many_streams"))
            #expect(refused.headers[.retryAfter] == "30")
            #expect(try await train.get("/media/\(films[2])/download").status == .ok)
            #expect(try await train.get("/media/\(films[2])/stream").status == .ok)
            // Who manages her watches on their own account.
            #expect(try await site.browser(site.cast.sam).get(segment).status == .ok)
        }
    }

    @Test("A player is told what plays where, ends it, and the other one hears of it")
    func takeOver() async throws {
        try await withSite { site in
            let films = try await films(site)
            let (sofa, train) = (try await site.browser(site.cast.uma), try await site.browser(site.cast.uma))
            for film in films.prefix(2) {
                #expect(try await send(.post, "/api/v1/media/\(film)/stream", sofa).status == .ok)
            }
            let full = try await send(.post, "/api/v1/media/\(films[2])/stream", train)
            #expect(full.status == .conflict)
            #expect(full.text.contains("\"state\":\"full\"") && full.text.contains("\"title\":\"Harbour\""))
            let list = try await train.get("/api/v1/streams").text
            let id = try #require(list.firstMatch(of: /"id":"([^"]+)","title":"Harbour"/)?.output.1)

            let otto = try await site.browser(site.cast.otto)
            #expect(try await otto.get("/api/v1/streams").text == "{\"items\":[]}")
            #expect(try await send(.delete, "/api/v1/streams/\(id)", otto).status == .notFound)
            #expect(try await send(.delete, "/api/v1/streams/\(id)", train).status == .noContent)
            #expect(try await send(.post, "/api/v1/media/\(films[2])/stream", train).status == .ok)

            let told = try await send(.put, "/api/v1/media/\(films[0])/stream", sofa)
            #expect(told.status == .conflict && told.text.contains("taken_over"))
            #expect(try await sofa.get("/media/\(films[0])/play").status == .conflict)
            #expect(try await send(.delete, "/api/v1/media/\(films[2])/stream", train).status == .noContent)
            #expect(try await send(.post, "/api/v1/media/\(films[0])/stream", sofa).status == .ok)
        }
    }

    @Test("A program with a token counts as a browser does")
    func programs() async throws {
        try await withSite { site in
            _ = try await site.database.write { db in
                try db.execute("UPDATE user_type SET streams = 1 WHERE code = 'reseller'")
            }
            let sam = site.cast.sam
            let film = try await site.item(of: sam)
            _ = try await site.database.write { db in
                try db.execute("UPDATE media SET kind = 'video', status = 'ready'")
                try db.execute("UPDATE media_file SET is_web_ready = 1")
            }
            let permissions = sam.scope.permissions
            let made = try await site.platform.tokens.create(
                name: "tv",
                permissions: permissions,
                for: sam.id,
                in: sam.scope
            )
            let program = Browser(client: site.client)
            let headers: HTTPFields = [.authorization: "Bearer \(made.secret)"]
            #expect(try await program.get("/media/\(film)/play", headers: headers).status == .ok)
            let browser = try await site.browser(sam)
            #expect(try await browser.get("/media/\(film)/play").status == .tooManyRequests)
            #expect(try await browser.get("/api/v1/streams").text.contains("\"where\":\"tv\""))
        }
    }
}
