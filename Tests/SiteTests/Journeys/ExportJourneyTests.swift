import HTTPTypes
import HummingbirdTesting
import Logging
import Persistence
import TestSupport
import Testing

@testable import Core
@testable import Site

@Suite("Downloading one's data, in the browser")
struct ExportJourneyTests {
    @Test("Uma asks for her data, waits, and downloads them; nobody else gets them", arguments: Engine.available)
    func download(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = site.cast.uma
            _ = try await site.item(of: uma)
            let browser = try await site.browser(uma)
            #expect(try await browser.get("/user/profile").text.contains("href=\"/user/profile/export\""))
            #expect(try await browser.get("/user/profile/export").text.contains("1 file, "))
            let asked = try await browser.post("/user/profile/export", ["originals": "1"])
            #expect(asked.headers[.location] == "/user/profile/export")
            #expect(try await browser.get("/user/profile/export").text.contains("<progress"))
            #expect(try await browser.post("/user/profile/export", ["originals": "1"]).status == .conflict)

            try await site.makeExports()
            let page = try await browser.get("/user/profile/export").text
            let link = try #require(page.firstMatch(of: /href="(\/user\/profile\/export\/[^"]+)"/))
            let answer = try await browser.get(String(link.1))
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/zip")
            #expect(answer.headers[.cacheControl] == "private, no-store")
            #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(answer.text.hasPrefix("PK"))
            for other in [site.cast.otto, site.cast.root] {
                #expect(try await site.browser(other).get(String(link.1)).status == .notFound)
            }
            #expect(try await site.browser().get(String(link.1)).status == .seeOther, "to where one logs in")
            #expect(try await site.mails(to: uma.email).first?.subject == "Your data are ready")
        }
    }
}

extension TestSite {
    /// Runs the jobs that make copies of people's data.
    fileprivate func makeExports() async throws {
        let writer = try Letters(baseURL: platform.settings.baseURL)
        let handlers = platform.handlers(letters: writer, logger: Logger(label: "jobs"))
        let handler = try #require(handlers.first { $0.kind == DataExportJob.kind })
        let now = platform.effects.now()
        let query = JobQueries.claim(
            kinds: [handler.kind],
            limit: 10,
            worker: "test",
            now: now,
            leaseUntil: now + .seconds(30)
        )
        let claims: [JobClaim] = try await database.write { db in try db.all(query, as: JobClaim.init) }
        for claim in claims {
            let job = RunningJob(claim: claim, database: database, effects: platform.effects, lease: .seconds(30))
            try await handler.run(job)
        }
    }
}
