import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization

/// As much of a browser as tests need: cookies, forms with the token of the page they stand on, and where a page was.
final class Browser: Sendable {
    private let client: any TestClientProtocol
    private let cookies: Mutex<[String: String]>

    init(client: any TestClientProtocol, cookies: [String: String] = [:]) {
        self.client = client
        self.cookies = Mutex(cookies)
    }

    func cookie(_ name: String) -> String? { cookies.withLock { $0[name] } }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        headers: HTTPFields = [:],
        body: ByteBuffer? = nil
    ) async throws -> TestResponse {
        var headers = headers
        if headers[.accept] == nil { headers[.accept] = "text/html" }
        let jar = cookies.withLock { $0 }
        if !jar.isEmpty { headers[.cookie] = jar.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        let response = try await client.execute(uri: path, method: method, headers: headers, body: body)
        for header in response.headers[values: .setCookie] { keep(header) }
        return response
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        try await send(.get, path, headers: headers)
    }

    /// The token in the first form of a page that this browser may see: the sign-in page for visitors, for members any.
    func token() async throws -> String {
        for page in ["/media", "/auth/login", "/user/security/two-factor", "/user/leaving", "/user/profiles"] {
            let html = try await get(page).text
            guard let start = html.range(of: "name=\"csrf_token\" value=\""),
                let end = html[start.upperBound...].firstIndex(of: "\"")
            else { continue }
            return String(html[start.upperBound..<end])
        }
        return ""
    }

    /// Sends a form with the token of a page that this browser may see.
    func post(
        _ path: String,
        _ fields: KeyValuePairs<String, String> = [:],
        token: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        let token = if let token { token } else { try await self.token() }
        var pairs = fields.map { "\(Self.encode($0.key))=\(Self.encode($0.value))" }
        pairs.append("csrf_token=\(Self.encode(token))")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await send(.post, path, headers: headers, body: ByteBuffer(string: pairs.joined(separator: "&")))
    }

    private func keep(_ header: String) {
        let pair = header.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        let isGone = header.contains("Max-Age=0")
        cookies.withLock { $0[String(pair[0])] = isGone ? nil : String(pair[1]) }
    }

    private static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}

/// A body of one piece.
struct OneChunk: AsyncSequence {
    let buffer: ByteBuffer

    init(_ text: String) {
        buffer = ByteBuffer(string: text)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var buffer: ByteBuffer?

        mutating func next() async throws -> ByteBuffer? {
            defer { buffer = nil }
            return buffer
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(buffer: buffer) }
}
