import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Persistence
import TestSupport
import Testing

@testable import Site

@Suite("The audit trail, looked at")
struct AuditJourneyTests {
    @Test(
        "Who, what, whom and when narrow the trail; a name that nobody has finds nothing",
        arguments: Engine.available
    )
    func filters(engine: Engine) async throws {
        try await withSite(engine) { site async throws in
            let (browser, uma) = (try await site.browser(site.cast.root), site.cast.uma.account)
            try await site.platform.people.perform(.suspend, on: uma.publicID, in: site.cast.rita.scope)
            let all = try await browser.get("/admin/audit").text
            #expect(all.contains("account.status_changed") && all.contains("active → suspended"))
            #expect(all.contains("account.created"))

            let byRita = try await browser.get("/admin/audit?actor=rita").text
            #expect(byRita.contains("active → suspended") && !byRita.contains("<code>account.created</code>"))
            let aboutUma = try await browser.get("/admin/audit?subject=uma&action=account.status_changed").text
            #expect(aboutUma.contains("active → suspended"))
            let day = ISO8601DateFormatter.string(from: .now, timeZone: .gmt, formatOptions: [.withFullDate])
            #expect(try await browser.get("/admin/audit?since=\(day)&until=\(day)").text.contains("active → suspended"))
            for nothing in ["actor=nobody", "subject=zebra", "since=2999-01-01", "until=2001-01-01", "since=soon"] {
                #expect(try await browser.get("/admin/audit?\(nothing)").text.contains("Nothing was written down"))
            }
        }
    }

    @Test(
        "The trail goes out whole, safe for spreadsheets, and that is written down itself",
        arguments: Engine.available
    )
    func export(engine: Engine) async throws {
        try await withSite(engine) { site async throws in
            let browser = try await site.browser(site.cast.root)
            try await site.database.write { db in
                for number in 0..<450 {
                    let event = AuditEvent("thing.done", nil, details: ["n": "=\(number)"])
                    try Audit.record(event, in: site.cast.uma.scope, at: Effects.live.now(), on: db)
                }
            }
            let csv = try await browser.get("/admin/audit/export?format=csv&actor=uma")
            let rows = csv.text.split(separator: "\r\n")
            #expect(rows.count == 451 && rows[0].hasPrefix("id,time,action,actor,"))
            #expect(rows[1].contains(",thing.done,uma,") && rows[1].hasSuffix("n==449"))
            #expect(csv.headers[.contentDisposition] == "attachment; filename=\"audit.csv\"")

            let lines = try await browser.get("/admin/audit/export?format=jsonl").text.split(separator: "\n")
            #expect(lines.count > 456)
            for line in lines {
                let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                #expect(entry?["action"] is String && entry?["time"] is String)
            }
            // A programme that knows only half the question gets nobody's entries.
            #expect(try await browser.get("/admin/audit/export?actor=nobody").text.split(separator: "\r\n").count == 1)
            #expect(try await browser.get("/admin/audit?action=audit.exported").text.contains("jsonl"))
        }
    }

    @Test("What somebody tried without the permission for it is written down", arguments: Engine.available)
    func refusals(engine: Engine) async throws {
        try await withSite(engine) { site async throws in
            let uma = try await site.browser(site.cast.uma)
            for _ in 0..<3 {
                #expect(try await uma.get("/admin/users?q=somebody").status == .forbidden)
            }
            // What is not hers to see does not exist, and looking for it is no attempt.
            #expect(try await uma.get("/media/nothing").status == .notFound)
            let filter = Audit.Filter(actor: site.cast.uma.id, action: "access.refused")
            let entries = try await site.platform.audit.list(filter, in: site.cast.root.scope).items
            #expect(entries.count == 3)
            let details = try #require(entries.first?.personal?.details)
            #expect(details == ["method": "GET", "path": "/admin/users", "reason": "forbidden"])
        }
    }
}
