import HTTPTypes
import HummingbirdTesting
import Persistence
import TestSupport
import Testing

@testable import Site

@Suite("Encoded films on the site")
struct PlaybackJourneyTests {
    private func film(_ site: TestSite) async throws -> String {
        let id = try await site.item(of: site.cast.uma)
        _ = try await site.database.write { db in
            try db.execute("UPDATE media SET kind = 'video', status = 'ready' WHERE public_id = \(id)")
        }
        try await site.addFilm(to: id)
        return id
    }

    @Test("A playlist grows while the film is encoded, and ends when it is whole", arguments: Engine.available)
    func playlists(engine: Engine) async throws {
        try await withSite(engine) { site in
            let id = try await film(site)
            let uma = try await site.browser(site.cast.uma)
            #expect(try await uma.get("/media/\(id)").text.contains("data-stream=\"/media/\(id)/stream\""))

            let master = try await uma.get("/media/\(id)/stream")
            #expect(master.headers[.contentType] == "application/vnd.apple.mpegurl")
            #expect(master.text.contains("RESOLUTION=640x360,CODECS=\"avc1.64001f\"\nstream/rung-\(id)/index.m3u8\n"))

            let folder = "/media/\(id)/stream/rung-\(id)"
            let growing = try await uma.get("\(folder)/index.m3u8").text
            #expect(growing.contains("#EXT-X-PLAYLIST-TYPE:EVENT") && !growing.contains("ENDLIST"))
            #expect(growing.contains("#EXT-X-MAP:URI=\"header.mp4\"\n#EXTINF:6.006,\n0.m4s\n"))
            _ = try await site.database.write { db in try db.execute("UPDATE film_rung SET is_whole = 1") }
            let whole = try await uma.get("\(folder)/index.m3u8").text
            #expect(whole.contains("#EXT-X-PLAYLIST-TYPE:VOD") && whole.hasSuffix("#EXT-X-ENDLIST\n"))

            #expect(try await uma.get("\(folder)/header.mp4").headers[.contentType] == "video/mp4")
            let segment = try await uma.get("\(folder)/0.m4s")
            #expect(segment.status == .ok && segment.headers[.contentType] == "video/mp4")
            for name in ["1.m4s", "-1.m4s", "x.m4s", "0.mp4", "..%2F0.m4s", "99999999999999999999.m4s"] {
                #expect(try await uma.get("\(folder)/\(name)").status == .notFound, "\(name)")
            }
        }
    }

    @Test("Each piece ends with the session, and was never there for strangers")
    func revoked() async throws {
        try await withSite { site in
            let id = try await film(site)
            let folder = "/media/\(id)/stream/rung-\(id)"
            let pieces = ["/media/\(id)/stream", "\(folder)/index.m3u8", "\(folder)/header.mp4", "\(folder)/0.m4s"]
            let uma = try await site.browser(site.cast.uma)
            let otto = try await site.browser(site.cast.otto)
            for piece in pieces {
                #expect(try await uma.get(piece).status == .ok)
                #expect(try await otto.get(piece).status == .notFound)
            }
            let session = try #require(uma.cookie("session"))
            _ = try await uma.post("/auth/logout")
            let before = Browser(client: site.client, cookies: ["session": session])
            for piece in pieces { #expect(try await before.get(piece).status == .notFound) }
        }
    }
}
