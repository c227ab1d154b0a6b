import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

struct FormRequestTests {
    @Test(
        "A form is read from a request, or refused with the right status",
        arguments: [
            ("application/x-www-form-urlencoded", "a=1", 200),
            ("application/x-www-form-urlencoded; charset=utf-8", "a=1", 200),
            ("application/json", "{}", 415), ("", "a=1", 415), ("nonsense", "a=1", 415),
            ("application/x-www-form-urlencoded", "a=%", 400),
            ("application/x-www-form-urlencoded", "a=" + String(repeating: "x", count: 300_000), 413),
        ]
    )
    func statuses(type: String, body: String, status: Int) async throws {
        let router = Router()
        router.post("/") { request, _ in
            let fields = try await FormFields(request)
            return fields.text("a")
        }
        try await Application(router: router).test(.router) { client in
            try await client.execute(
                uri: "/",
                method: .post,
                headers: [.contentType: type],
                body: ByteBuffer(string: body)
            ) { response in
                #expect(response.status.code == status)
                if status == 200 { #expect(String(buffer: response.body) == "1") }
            }
        }
    }
}
