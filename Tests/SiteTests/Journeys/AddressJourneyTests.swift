import HTTPTypes
import HummingbirdTesting
import Persistence
import TestSupport
import Testing
import Web

@testable import Core
@testable import Site

@Suite("Addresses for other players")
struct AddressJourneyTests {
    private func film(_ site: TestSite) async throws -> String {
        let id = try await site.item(of: site.cast.uma)
        _ = try await site.database.write { db in
            try db.execute("UPDATE media SET kind = 'video', status = 'ready'")
        }
        return id
    }

    private func address(of id: String, _ browser: Browser) async throws -> TestResponse {
        let csrf = try #require(HTTPField.Name("X-CSRF-Token"))
        return try await browser.send(
            .post,
            "/api/v1/media/\(id)/address",
            headers: [csrf: try await browser.token(), .accept: "application/json"]
        )
    }

    private func path(_ answer: TestResponse) throws -> String {
        let found = try #require(answer.text.firstMatch(of: /"url":"http:\/\/localhost([^"]+)"/))
        return String(found.output.1)
    }

    @Test(
        "A player without cookies gets list, header and pieces by the address, until its session ends",
        arguments: Engine.available
    )
    func pieces(engine: Engine) async throws {
        try await withSite(engine) { site in
            let id = try await film(site)
            try await site.addFilm(to: id)
            let uma = try await site.browser(site.cast.uma)
            let list = try path(try await address(of: id, uma))
            #expect(list.hasSuffix("/index.m3u8") && !list.contains(id))
            let folder = list.replacing("/index.m3u8", with: "")
            let player = Browser(client: site.client)
            let master = try await player.get(list)
            #expect(master.text.contains("\nrung-\(id)/index.m3u8\n"))
            #expect(master.headers[.accessControlAllowOrigin] == "*")
            #expect(master.headers[.referrerPolicy] == "no-referrer")
            let pieces = ["index.m3u8", "header.mp4", "0.m4s"].map { "\(folder)/rung-\(id)/\($0)" }
            for piece in pieces { #expect(try await player.get(piece).status == .ok, "\(piece)") }
            for wrong in ["\(folder)/rung-\(id)/1.m4s", "\(folder)/film.mp4", "\(folder)x/index.m3u8", "/play/x/film"] {
                #expect(try await player.get(wrong).status == .notFound, "\(wrong)")
            }
            _ = try await uma.post("/auth/logout")
            for piece in pieces + [list] { #expect(try await player.get(piece).status == .notFound, "\(piece)") }
        }
    }

    @Test("A file is played by its address in ranges; nobody makes one of what they may not see, and no program does")
    func file() async throws {
        try await withSite { site in
            let id = try await film(site)
            _ = try await site.database.write { db in try db.execute("UPDATE media_file SET is_web_ready = 1") }
            let uma = try await site.browser(site.cast.uma)
            let file = try path(try await address(of: id, uma))
            let part = try await Browser(client: site.client).get(file, headers: [.range: "bytes=5-9"])
            #expect(part.status == .partialContent && part.text == "notes")
            let otto = try await site.browser(site.cast.otto)
            #expect(try await address(of: id, otto).status == .notFound)
            let sam = site.cast.sam
            let permissions = sam.scope.permissions
            let token = try await site.platform.tokens.create(
                name: "tv",
                permissions: permissions,
                for: sam.id,
                in: sam.scope
            )
            let program = Browser(client: site.client)
            let answer = try await program.send(
                .post,
                "/api/v1/media/\(id)/address",
                headers: [.authorization: "Bearer \(token.secret)", .accept: "application/json"]
            )
            #expect(answer.status == .forbidden)
        }
    }
}
