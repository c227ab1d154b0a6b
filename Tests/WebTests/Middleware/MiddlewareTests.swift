import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOEmbedded
import Testing

@testable import Web

struct MiddlewareTests {
    private struct Broken: Error {}

    /// Keeps what is logged.
    private struct Recorder: LogHandler {
        let lines: NIOLockedValueBox<[(Logger.Level, String, Logger.Metadata)]>
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            lines.withLockedValue { $0.append((event.level, event.message.description, all)) }
        }
    }

    @Test("Every request has an id of ours, in its log line and its answer; the log has the route, never the path")
    func log() async throws {
        let lines = NIOLockedValueBox<[(Logger.Level, String, Logger.Metadata)]>([])
        let router = Router()
        router.add(middleware: RequestIdentity(makeID: { "id-1" }))
        router.add(middleware: RequestLog(quietRoutes: ["/livez"]))
        router.get("/media/:id") { _, context in context.id }
        router.get("/livez") { _, _ in "up" }
        router.get("/broken") { _, _ -> String in throw Broken() }
        let logger = Logger(label: "test") { _ in Recorder(lines: lines) }
        try await Application(router: router, logger: logger).test(.router) { client in
            let forged: HTTPFields = [.requestID: "forged"]
            let fine = try await client.execute(uri: "/media/secret-name?token=x", method: .get, headers: forged)
            #expect(fine.headers[.requestID] == "id-1")
            #expect(String(buffer: fine.body) == "id-1")
            _ = try await client.execute(uri: "/livez", method: .get)

            let missing = try await client.execute(uri: "/nowhere", method: .get)
            #expect(missing.status == .notFound)
            #expect(missing.headers[.requestID] == "id-1")

            let broken = try await client.execute(uri: "/broken", method: .get)
            #expect(broken.status == .internalServerError)
            #expect(!String(buffer: broken.body).contains("Broken"))
            #expect(String(buffer: broken.body).contains("\"request_id\":\"id-1\""))
        }
        let logged = lines.withLockedValue { $0 }
        #expect(logged.map { $0.1 } == ["request", "request", "fault", "request"])
        let first = try #require(logged.first)
        #expect(first.2["route"] == "/media/{id}")
        #expect(first.2["status"]?.description == "200")
        #expect(first.2["hb.request.id"] == "id-1")
        #expect(first.2["bytes"]?.description == "4")
        #expect(logged.last?.0 == .error)
        #expect(!"\(logged)".contains("secret-name"))
    }

    @Test("Ids differ and have sixteen digits")
    func ids() {
        let ids = (0..<100).map { _ in randomID() }
        #expect(Set(ids).count == 100)
        #expect(ids.allSatisfy { $0.count == 16 && $0.allSatisfy(\.isHexDigit) })
    }

    @Test("Every answer is protected, errors too, and a stricter policy of its own stays")
    func securityHeaders() async throws {
        let router = Router()
        router.add(middleware: SecurityHeaders(isHTTPS: true))
        router.get("/") { _, _ in "page" }
        router.get("/file") { _, _ in
            Response(status: .ok, headers: [.contentSecurityPolicy: ContentPolicy.untrustedFile.header])
        }
        try await Application(router: router).test(.router) { client in
            for uri in ["/", "/missing"] {
                let headers = try await client.execute(uri: uri, method: .get).headers
                #expect(
                    headers[.contentSecurityPolicy] == """
                        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                        media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
                        frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
                        """
                )
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[.strictTransportSecurity] == "max-age=31536000; includeSubDomains")
                #expect(headers[.referrerPolicy] == "same-origin")
                #expect(headers[.crossOriginOpenerPolicy] == "same-origin")
                #expect(headers[.crossOriginResourcePolicy] == "same-origin")
                #expect(headers[.permissionsPolicy]?.contains("camera=()") == true)
            }
            let file = try await client.execute(uri: "/file", method: .get).headers
            #expect(file[values: .contentSecurityPolicy].count == 1)
            for directive in ["sandbox", "base-uri 'none'", "frame-ancestors 'self'"] {
                #expect(file[.contentSecurityPolicy]?.contains(directive) == true)
            }
        }
    }

    @Test("A policy can be opened for one source")
    func policy() {
        let policy = ContentPolicy.strict.allowing("https://js.example", for: "frame-ancestors")
        #expect(policy.header.hasSuffix("frame-ancestors https://js.example"))
        #expect(policy.allowing("'self'", for: "worker-src").header.hasSuffix("; worker-src 'self'"))
    }

    @Test("Bodies over the bound are refused, declared or not")
    func bodies() async throws {
        let router = Router()
        router.add(middleware: BodyLimit(10))
        router.post("/") { request, _ in
            var size = 0
            for try await piece in request.body { size += piece.readableBytes }
            return "\(size)"
        }
        let app = Application(router: router)
        try await app.test(.router) { client in
            for (count, status) in [(0, 200), (10, 200), (11, 413)] {
                let body = ByteBuffer(repeating: 0, count: count)
                #expect(try await client.execute(uri: "/", method: .post, body: body).status.code == status)
            }
            let unread = try await client.execute(
                uri: "/",
                method: .post,
                headers: [.contentLength: "99999999999999999999"]
            )
            #expect(unread.status == .contentTooLarge)
        }
        let limit = BodyLimit<BasicRequestContext>(10)
        for (count, fits) in [(10, true), (11, false)] {
            let body = RequestBody(
                asyncSequence: AsyncStream(ByteBuffer.self) { stream in
                    for _ in 0..<count { stream.yield(ByteBuffer(string: "x")) }
                    stream.finish()
                }
            )
            let request = Request(head: .init(method: .post, scheme: nil, authority: nil, path: "/"), body: body)
            let source = ApplicationRequestContextSource(
                channel: NIOAsyncTestingChannel(),
                logger: Logger(label: "test")
            )
            let context = BasicRequestContext(source: source)
            let read = { (request: Request) async throws -> Int in
                var size = 0
                for try await piece in request.body { size += piece.readableBytes }
                return size
            }
            var size: Int?
            do {
                _ = try await limit.handle(request, context: context) { request, _ in
                    size = try await read(request)
                    return Response(status: .ok)
                }
            } catch let problem as RequestProblem {
                #expect(problem == .bodyTooLarge(10))
            }
            #expect((size == count) == fits)
        }
    }

    @Test("More at once than allowed are sent away, and places become free again")
    func inFlight() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let router = Router()
        router.add(middleware: InFlightLimit(1))
        router.get("/slow") { _, _ in
            arrived.yield()
            for await _ in gate { break }
            return "slow"
        }
        router.get("/fast") { _, _ in "fast" }
        try await Application(router: router).test(.router) { client in
            async let slow = client.execute(uri: "/slow", method: .get)
            for await _ in arrivals { break }
            let refused = try await client.execute(uri: "/fast", method: .get)
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.headers[.retryAfter] == "2")
            opener.yield()
            #expect(try await slow.status == .ok)
            #expect(try await client.execute(uri: "/fast", method: .get).status == .ok)
        }
    }

    @Test("Pages come in the reader's language and say so")
    func language() async throws {
        let languages = try Languages(catalogues: [("de.po", "msgid \"Hello\"\nmsgstr \"Hallo\"\n")])
        let router = Router()
        router.add(
            middleware: LanguageNegotiation(
                languages,
                chosen: { request, _ in
                    RequestCookies(request.headers)["language"]
                }
            )
        )
        router.get("/") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/html; charset=utf-8", .vary: "Cookie"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: t("Hello")))
            )
        }
        try await Application(router: router).test(.router) { client in
            let german = try await client.execute(uri: "/", method: .get, headers: [.acceptLanguage: "de-CH"])
            #expect(String(buffer: german.body) == "Hallo")
            #expect(german.headers[.contentLanguage] == "de")
            #expect(german.headers[.vary] == "Cookie, Accept-Language")
            let chosen = try await client.execute(
                uri: "/",
                method: .get,
                headers: [.acceptLanguage: "de", .cookie: "language=en"]
            )
            #expect(String(buffer: chosen.body) == "Hello")
        }
    }
}
