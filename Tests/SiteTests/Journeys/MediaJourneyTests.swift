import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Site

@Suite("Items on the site")
struct MediaJourneyTests {
    @Test("A form without script uploads a file, and its page offers it", arguments: Engine.available)
    func plainForm(engine: Engine) async throws {
        try await withSite(engine) { site in
            let uma = try await site.browser(site.cast.uma)
            let answer = try await uma.upload("notes.txt", "Some notes.\n", title: "My notes")
            #expect(answer.status == .seeOther)
            let page = try #require(answer.headers[.location])
            #expect(try await uma.get(page).text.contains("My notes"))
            let download = try await uma.get(page + "/download")
            #expect(download.text == "Some notes.\n")
            #expect(download.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(download.headers[.xContentTypeOptions] == "nosniff")
        }
    }

    @Test("A file of a kind that is not taken comes back as the form, and leaves nothing")
    func refusedUpload() async throws {
        try await withSite { site in
            let uma = try await site.browser(site.cast.uma)
            let answer = try await uma.upload("tool.exe", "MZ", title: "A tool")
            #expect(answer.status == .unsupportedMediaType)
            #expect(answer.text.contains("A tool"))
            let page = try await site.platform.library.page(LibraryRequest(shelf: .own), in: site.cast.uma.scope)
            #expect(page.items.isEmpty)
        }
    }

    @Test("What a title holds is shown as text, never as markup")
    func escaping() async throws {
        try await withSite { site in
            let hostile = "<script>alert(1)</script>\" onload=\"x"
            let id = try await site.item(of: site.cast.uma, title: hostile, visibility: "public")
            let uma = try await site.browser(site.cast.uma)
            for path in ["/media", "/media/\(id)", "/media/\(id)/edit", "/media/\(id)/delete", "/user", "/"] {
                let page = try await uma.get(path).text
                #expect(!page.contains("<script>alert"), "\(path)")
                #expect(!page.contains("\" onload=\""), "\(path)")
            }
        }
    }

    @Test("Managers see whose item it is, and come back to where they found it", arguments: Engine.available)
    func managedItems(engine: Engine) async throws {
        try await withSite(engine) { site in
            let id = try await site.item(of: site.cast.uma, title: "Of a customer", visibility: "private")
            let sam = try await site.browser(site.cast.sam)
            let shelf = try await sam.get("/media?managed=1").text
            #expect(shelf.contains("Of a customer"))
            #expect(shelf.contains("<span class=\"card-meta\">uma · "))
            #expect(try await sam.get("/media/\(id)").text.contains("by uma"))
            #expect(try await sam.post("/media/\(id)/delete").headers[.location] == "/media?managed=1")

            let otto = try await site.browser(site.cast.otto)
            #expect(try await otto.get("/media?managed=1").text.contains("Of a customer") == false)
            #expect(try await otto.get("/media/\(id)").text.contains("<p>The link may be old,"))
            #expect(try await site.browser().get("/media?managed=1").status == .seeOther)
        }
    }

    @Test("An item is described, thrown away and brought back", arguments: Engine.available)
    func lifecycle(engine: Engine) async throws {
        try await withSite(engine) { site in
            let id = try await site.item(of: site.cast.uma)
            let uma = try await site.browser(site.cast.uma)
            let refused = try await uma.post(
                "/media/\(id)/edit",
                ["title": "  ", "description": "kept", "visibility": "secret"]
            )
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("kept"))
            let saved = try await uma.post(
                "/media/\(id)/edit",
                ["title": "Better", "description": "Lines", "visibility": "public"]
            )
            #expect(saved.status == .seeOther)
            #expect(try await site.browser().get("/media").text.contains("Better"))
            #expect(try await uma.post("/media/\(id)/delete").status == .seeOther)
            #expect(try await uma.get("/media/\(id)").status == .notFound)
            #expect(try await uma.get("/media/trash").text.contains("Better"))
            #expect(try await uma.post("/media/\(id)/restore").status == .seeOther)
            #expect(try await uma.get("/media/\(id)").status == .ok)
        }
    }

    @Test("Bytes end with the session")
    func signOut() async throws {
        try await withSite { site in
            let id = try await site.item(of: site.cast.uma)
            let uma = try await site.browser(site.cast.uma)
            #expect(try await uma.get("/media/\(id)/download").status == .ok)
            let session = try #require(uma.cookie("session"))
            _ = try await uma.post("/auth/logout")
            let before = Browser(client: site.client, cookies: ["session": session])
            #expect(try await before.get("/media/\(id)/download").status == .notFound)
        }
    }

    @Test("The API tells the same as the pages, and wrong calls get problem documents")
    func api() async throws {
        try await withSite { site in
            let id = try await site.item(of: site.cast.uma, title: "Plain", visibility: "public")
            let visitor = try await site.browser()
            let list = try await visitor.get("/api/v1/media").json()
            let items = try #require(list["items"] as? [[String: Any]])
            #expect(items.map { $0["title"] as? String } == ["Plain"])
            #expect(try await visitor.get("/api/v1/media/\(id)").json()["visibility"] as? String == "public")
            let missing = try await visitor.get("/api/v1/media/nothing")
            #expect(missing.status == .notFound)
            #expect(missing.headers[.contentType] == "application/problem+json")
            #expect(try missing.json()["code"] as? String == "not_found")
            let badCursor = try await visitor.get("/api/v1/media?after=%00")
            #expect(badCursor.status == .unprocessableContent)
        }
    }

    @Test("A token does what it was made for and no more")
    func bearerToken() async throws {
        try await withSite { site in
            let rita = site.cast.rita
            let created = try await site.platform.tokens.create(
                name: "reader",
                permissions: [.useAPI],
                for: rita.id,
                in: rita.scope
            )
            let program = try await site.browser()
            let headers: HTTPFields = [.authorization: "Bearer \(created.secret)"]
            #expect(try await program.get("/api/v1/media?mine=1", headers: headers).status == .ok)
            let wrong: HTTPFields = [.authorization: "Bearer ms_wrong"]
            #expect(try await program.get("/api/v1/media", headers: wrong).status == .unauthorized)
            var creation = headers
            creation[.init("Tus-Resumable") ?? .accept] = "1.0.0"
            creation[.init("Upload-Length") ?? .accept] = "1"
            #expect(try await program.send(.post, "/uploads", headers: creation).status == .forbidden)
        }
    }
}

extension Browser {
    fileprivate func upload(_ filename: String, _ content: String, title: String) async throws -> TestResponse {
        let token = try await token()
        let fields = [("csrf_token", token), ("title", title), ("visibility", "private")].map { name, value in
            "--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        let file =
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(filename)\"\r\n\r\n\(content)\r\n"
        return try await send(
            .post,
            "/media/upload",
            headers: [.contentType: "multipart/form-data; boundary=edge"],
            body: ByteBuffer(string: fields.joined() + file + "--edge--\r\n")
        )
    }
}

extension TestResponse {
    fileprivate func json() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any])
    }
}
