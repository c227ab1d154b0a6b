import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

struct CrossSiteTests {
    private static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
    private let session = CookieName("session", isSecure: false)

    private func app(requiresToken: Bool = true) -> some ApplicationProtocol {
        let router = Router()
        router.add(
            middleware: CrossSiteProtection(
                secret: SecretKey("a secret of this test"),
                session: session,
                origins: OriginCheck(trustedOrigins: ["https://Other.example"]),
                requiresToken: requiresToken
            )
        )
        router.get("/form") { _, _ in FormToken.current?.value ?? "none" }
        router.get("/quiet") { _, _ in "quiet" }
        router.post("/change") { request, _ in
            FormEncoding(request.headers) == nil ? "changed" : try await FormFields(request).text("title")
        }
        router.post("/files") { request, _ in
            let form = try MultipartReader(request)
            var seen: [String] = []
            while let part = try await form.next() {
                switch part {
                case .field(let pair): seen.append(pair.name)
                case .file(let file):
                    var size = 0
                    for try await piece in file { size += piece.readableBytes }
                    seen.append("\(file.head.name):\(size)")
                }
            }
            return seen.joined(separator: " ")
        }
        return Application(router: router)
    }

    private func token(_ client: any TestClientProtocol, cookie: String?) async throws -> (
        token: String, cookie: String
    ) {
        let headers: HTTPFields = cookie.map { [.cookie: $0] } ?? [:]
        let response = try await client.execute(uri: "/form", method: .get, headers: headers)
        let set = response.headers[values: .setCookie].first?.split(separator: ";").first.map(String.init)
        return (String(buffer: response.body), try #require(set ?? cookie))
    }

    private func status(
        _ client: any TestClientProtocol,
        _ headers: HTTPFields,
        _ body: String = "title=New",
        uri: String = "/change"
    ) async throws -> Int {
        try await client.execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: body)).status.code
    }

    @Test("A form of ours is accepted, with a session and, for signing in, without one")
    func accepted() async throws {
        try await app().test(.router) { client in
            for cookie in ["session=abc", nil] {
                let (token, cookie) = try await token(client, cookie: cookie)
                var headers = Self.form
                headers[.cookie] = cookie
                let body = ByteBuffer(string: "csrf_token=\(token)&title=New+title")
                try await client.execute(uri: "/change", method: .post, headers: headers, body: body) { response in
                    #expect(response.status == .ok)
                    #expect(String(buffer: response.body) == "New title")
                }
                headers[.csrfToken] = token
                #expect(try await status(client, headers) == 200)
            }
        }
    }

    @Test("Without the right token for this very cookie nothing is changed")
    func refused() async throws {
        try await app().test(.router) { client in
            let (token, _) = try await token(client, cookie: "session=abc")
            let (stranger, strangersCookie) = try await self.token(client, cookie: nil)
            for (cookie, sent) in [
                ("session=abc", nil), ("session=abc", ""), ("session=abc", "x"), ("session=abc", stranger),
                ("session=abd", token), (strangersCookie, token), (nil, token), ("session=", token),
                ("session=abc", token + "A"), ("session=abc", String(token.dropLast())),
            ] as [(String?, String?)] {
                var headers = Self.form
                headers[.cookie] = cookie
                let body = sent.map { "title=New&csrf_token=\($0)" } ?? "title=New"
                #expect(try await status(client, headers, body) == 403, "\(cookie ?? "-") \(sent ?? "-")")
            }
            #expect(try await status(client, [.cookie: "session=abc", .contentType: "application/json"], "{}") == 403)
        }
    }

    @Test("Two pages never show the same token, and both are valid")
    func masked() async throws {
        let tokens = FormTokens(secret: SecretKey("s"))
        let pair = (tokens.issue(for: "a"), tokens.issue(for: "a"))
        #expect(pair.0 != pair.1)
        #expect(tokens.isValid(pair.0, for: "a") && tokens.isValid(pair.1, for: "a"))
        #expect(!tokens.isValid(pair.0, for: "b"))
        #expect(!FormTokens(secret: SecretKey("t")).isValid(pair.0, for: "a"))
    }

    @Test(
        "Where the request came from is checked first, with tokens or without",
        arguments: [
            (["Sec-Fetch-Site": "same-origin"], 200), (["Sec-Fetch-Site": "none"], 200),
            (["Sec-Fetch-Site": "cross-site"], 403), (["Sec-Fetch-Site": "same-site"], 403),
            (["Sec-Fetch-Site": "nonsense"], 403), (["Sec-Fetch-Site": ""], 403),
            (["Sec-Fetch-Site": "cross-site", "Origin": "https://other.example"], 200),
            (["Origin": "http://localhost"], 200), (["Origin": "https://localhost"], 200),
            (["Origin": "http://localhost.evil"], 403), (["Origin": "http://evil/localhost"], 403),
            (["Origin": "null"], 403), (["Origin": ""], 403), (["Origin": "http://localhost:81"], 403), ([:], 200),
        ] as [([String: String], Int)]
    )
    func origins(headers: [String: String], expected: Int) async throws {
        try await app(requiresToken: false).test(.router) { client in
            var fields = Self.form
            for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
            #expect(try await status(client, fields) == expected)
        }
        try await app().test(.router) { client in
            let (token, cookie) = try await token(client, cookie: "session=abc")
            var fields = Self.form
            for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
            fields[.cookie] = cookie
            fields[.csrfToken] = token
            #expect(try await status(client, fields) == expected)
        }
    }

    @Test("A client that brings its own credentials needs no token, and reading needs none either")
    func exempt() async throws {
        try await app().test(.router) { client in
            #expect(try await status(client, [.authorization: "Bearer x", .contentType: "text/plain"]) == 200)
            let quiet = try await client.execute(uri: "/quiet", method: .get)
            #expect(quiet.headers[.setCookie] == nil)
            let form = try await client.execute(uri: "/form", method: .get)
            #expect(form.headers[.cacheControl] == "private, no-cache")
        }
    }

    @Test("In a form with files the token is read first, and the handler gets every byte")
    func multipart() async throws {
        try await app().test(.router) { client in
            let (token, cookie) = try await token(client, cookie: "session=abc")
            let headers: HTTPFields = [.contentType: "multipart/form-data; boundary=B", .cookie: cookie]
            let field = "--B\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n\(token)\r\n"
            let file = """
                --B\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n\
                \(String(repeating: "x", count: 200_000))\r\n
                """
            let good = ByteBuffer(string: "\(field)\(file)--B--\r\n")
            try await client.execute(uri: "/files", method: .post, headers: headers, body: good) { response in
                #expect(String(buffer: response.body) == "csrf_token file:200000")
            }
            for bad in [
                "\(file)\(field)--B--\r\n", "\(file)--B--\r\n",
                "\(field.replacing(token, with: "x"))--B--",
            ] {
                #expect(try await status(client, headers, bad, uri: "/files") == 403, "\(bad.suffix(60))")
            }
            #expect(try await status(client, headers, "--B\r\nContent-Disp", uri: "/files") == 400)
            #expect(try await status(client, headers, "", uri: "/files") == 400)
            #expect(try await status(client, headers, "--B--\r\n", uri: "/files") == 400)
        }
    }
}
