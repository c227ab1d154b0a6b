import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

struct ProblemTests {
    @Test(
        "HTML or JSON, by the Accept header",
        arguments: [
            ("text/html,application/xhtml+xml,*/*;q=0.8", AnswerFormat.html), ("application/json", .json),
            ("application/json;q=0.5, text/html;q=0.4", .json), ("*/*", .html), ("", .html),
            ("application/problem+json", .json), ("text/html;q=x, application/json", .json),
        ]
    )
    func negotiation(accept: String, format: AnswerFormat) {
        #expect(AnswerFormat(accept: [.accept: accept]) == format)
    }

    @Test("A problem of the mechanism is answered as RFC 9457 says, with its headers and the request's id")
    func answered() async throws {
        let router = Router()
        router.get("/") { _, _ -> Response in
            throw RequestProblem(.tooManyRequests, "too_many", "Wait.", headers: [.retryAfter: "7"])
        }
        try await Application(router: router).test(.router) { client in
            try await client.execute(uri: "/", method: .get) { response in
                #expect(response.status == .tooManyRequests)
                #expect(response.headers[.contentType] == "application/problem+json")
                #expect(response.headers[.retryAfter] == "7")
                let body = String(buffer: response.body)
                #expect(body.contains(#""code":"too_many","detail":"Wait.","request_id":""#))
                #expect(body.contains(#""status":429,"title":"Too Many Requests","type":"about:blank""#))
                #expect(!body.contains("fields"))
            }
        }
    }
}
