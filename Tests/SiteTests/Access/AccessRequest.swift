import Core
import HTTPTypes
import HummingbirdTesting
import NIOCore

@testable import Site

/// A request that a route would carry out if it came from the right person.
struct AccessRequest {
    let path: String
    let headers: HTTPFields
    let body: ByteBuffer?

    init(_ route: Route, object: String, in browser: Browser) async throws {
        var path = route.path.replacing("{id}", with: object)
            .replacing("{rung}", with: "rung-\(object)").replacing("{piece}", with: "0.m4s")
            .replacing("{key}", with: "none").replacing("{part}", with: "film")
        if route.path.hasPrefix("/assets/") { path = try await browser.assetPath() }
        let content = Self.content(of: route)
        var headers: [String: String] = content?.headers ?? [:]
        if route.path.hasPrefix("/uploads") { headers["Tus-Resumable"] = "1.0.0" }
        if route.changesSomething { headers["X-CSRF-Token"] = try await browser.token() }
        self.path = path
        self.headers = HTTPFields(
            headers.sorted { $0.key < $1.key }.compactMap { name, value in
                HTTPField.Name(name).map { HTTPField(name: $0, value: value) }
            }
        )
        body = route.changesSomething ? ByteBuffer(string: content?.body ?? "") : nil
    }

    private struct Content {
        let headers: [String: String]
        let body: String

        static func form(_ body: String) -> Content {
            Content(headers: ["Content-Type": "application/x-www-form-urlencoded"], body: body)
        }
    }

    private static func content(of route: Route) -> Content? {
        switch route.name.split(separator: " ").joined(separator: " ") {
        case "POST /media/upload":
            Content(
                headers: ["Content-Type": "multipart/form-data; boundary=x"],
                body:
                    "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nSome text.\n\r\n--x--\r\n"
            )
        case "POST /admin/users/import":
            Content(
                headers: ["Content-Type": "multipart/form-data; boundary=x"],
                body:
                    "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nusername,email\n\r\n--x--\r\n"
            )
        case "POST /uploads":
            // The file's name is a.txt.
            Content(headers: ["Upload-Length": "5", "Upload-Metadata": "filename YS50eHQ="], body: "")
        case "PATCH /uploads/{id}":
            Content(headers: ["Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"], body: "Some ")
        // Always another address, or the sixth try would find the door closed.
        case "POST /auth/login": .form("email=\(Effects.live.publicID())@example.org&password=wrong")
        case "POST /user/notifications/read": .form("through=0")
        case "POST /media/{id}/edit": .form("title=Renamed&description=&visibility=private")
        case "PATCH /api/v1/media/{id}":
            Content(headers: ["Content-Type": "application/json"], body: "{\"title\": \"Renamed\"}")
        case "PUT /api/v1/media/{id}/position":
            Content(headers: ["Content-Type": "application/json"], body: "{\"seconds\": 12.5}")
        case let name where name.hasPrefix("POST") && route.kind == .page: .form("")
        default: nil
        }
    }
}

extension Browser {
    /// The status of the answer.
    func send(_ request: AccessRequest, _ method: HTTPRequest.Method) async throws -> String {
        let answer = try await send(method, request.path, headers: request.headers, body: request.body)
        return String(answer.status.code)
    }

    /// Any asset that pages refer to.
    func assetPath() async throws -> String {
        let page = try await get("/auth/register").text + get("/media").text
        return page.firstMatch(of: /\/assets\/[^"]+/).map { String($0.output) } ?? "/assets"
    }
}
