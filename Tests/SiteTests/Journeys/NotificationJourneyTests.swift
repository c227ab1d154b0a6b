import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Site

@Suite("Notifications")
struct NotificationJourneyTests {
    @Test("What is new stands in the bell and in the list until it is marked as read", arguments: Engine.available)
    func bell(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = site.cast.uma
            let browser = try await site.browser(uma)
            #expect(try await browser.get("/media").text.contains("Notifications: none unread"))
            try await site.platform.people.perform(
                .changeType("premium"),
                on: uma.account.publicID,
                in: site.cast.root.scope
            )
            #expect(try await browser.get("/media").text.contains("Notifications: 1 unread"))
            let list = try await browser.get("/user/notifications").text
            #expect(list.contains("Your account is of the type") && list.contains("Mark all as read"))
            let entry = try #require(try await site.platform.notifications.page(in: uma.scope).items.first)

            let stranger = try await site.browser(site.cast.otto)
            #expect(try await stranger.post("/user/notifications/\(entry.id)/read").status == .notFound)
            for wrong in ["0", "x", "99999999999999999999"] {
                #expect(try await browser.post("/user/notifications/\(wrong)/read").status == .notFound)
                guard wrong != "0" else { continue }
                #expect(try await browser.post("/user/notifications/read", ["through": wrong]).status == .notFound)
            }
            #expect(try await browser.get("/media").text.contains("Notifications: 1 unread"))

            let marked = try await browser.post("/user/notifications/\(entry.id)/read", ["unread": "1"])
            #expect(marked.headers[.location] == "/user/notifications?unread=1")
            let rest = try await browser.get("/user/notifications?unread=1").text
            #expect(rest.contains("You have seen everything") && rest.contains("Notifications: none unread"))
            #expect(try await browser.get("/user/notifications?after=nonsense").status == .unprocessableContent)
        }
    }

    @Test("The mails are chosen in the profile, where security is no choice")
    func choice() async throws {
        try await withSite { site in
            let browser = try await site.browser(site.cast.uma)
            let answer = try await browser.post(
                "/user/profile/notifications",
                ["mailed": "media_ready", "mailed": "new_device"]
            )
            #expect(answer.status == .seeOther)
            let profile = try await browser.get("/user/profile").text
            #expect(
                profile.contains("value=\"media_ready\" checked") && !profile.contains("value=\"media_failed\" checked")
            )
            #expect(!profile.contains("new_device") && !profile.contains("import_finished"))
            #expect(try await site.platform.notifications.mailed(in: site.cast.uma.scope) == [.mediaReady])
        }
    }

    @Test("The stream is for whoever sits before a browser")
    func stream() async throws {
        try await withSite { site in
            site.platform.notificationFeed.close()
            let visitor = try await site.browser().get(
                "/user/notifications/stream",
                headers: [.accept: "text/event-stream"]
            )
            #expect(visitor.status == .seeOther)
            let own = try await site.browser(site.cast.uma).get("/user/notifications/stream")
            #expect(own.headers[.contentType] == "text/event-stream; charset=utf-8")
            #expect(own.text.contains("event: end"))
        }
    }
}
