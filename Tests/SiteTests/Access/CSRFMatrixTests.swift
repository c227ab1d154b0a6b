import Core
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Site

/// Every route that changes something, tried by a signed-in browser in each way in which another site could try it.
@Suite("Requests that were not meant")
struct CSRFMatrixTests {
    @Test("Nothing changes without proof that our own page sent it")
    func matrix() async throws {
        try await withSite { site in
            let item = try await site.item(of: site.cast.uma)
            let uma = try await site.browser(site.cast.uma)
            let other = try await site.browser(site.cast.otto)
            let own = try await uma.token()
            let foreign = try await other.token()
            let csrf = try #require(HTTPField.Name("X-CSRF-Token"))
            let fetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
            let override = try #require(HTTPField.Name("X-HTTP-Method-Override"))
            let attempts: [(name: String, headers: HTTPFields)] = [
                ("no token", [:]),
                ("another session's token", [csrf: foreign]),
                ("cross-site", [csrf: own, fetchSite: "cross-site"]),
                ("same-site", [csrf: own, fetchSite: "same-site"]),
                ("null origin", [csrf: own, .origin: "null"]),
                ("foreign origin", [csrf: own, .origin: "https://evil.example"]),
            ]
            for route in site.routes where route.changesSomething {
                let path = route.path.replacing("{id}", with: item)
                for attempt in attempts {
                    let answer = try await uma.send(route.method, path, headers: attempt.headers, body: ByteBuffer())
                    #expect(answer.status == .forbidden, "\(route.method) \(route.path): \(attempt.name)")
                }
                var overridden: HTTPFields = [override: route.method.rawValue]
                overridden[.init("Tus-Resumable") ?? .accept] = "1.0.0"
                let answer = try await uma.send(.post, path, headers: overridden, body: ByteBuffer())
                #expect([403, 404, 405].contains(answer.status.code), "\(route.method) \(route.path): override")
            }
            let details = try await site.platform.media.find(item, in: site.cast.uma.scope)
            #expect(details.media.deletedAt == nil)
        }
    }

    @Test("Every route that changes something says how it is proven")
    func everyRouteHasProof() async throws {
        try await withSite { site in
            for route in site.routes {
                #expect(route.changesSomething == (route.proof != .none), "\(route.method) \(route.path)")
            }
        }
    }
}
