import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOConcurrencyHelpers
import Testing

@testable import Web

struct RateLimitTests {
    /// A clock that stands until it is moved.
    private final class Clock: Sendable {
        private let value = NIOLockedValueBox(Duration.seconds(1000))
        var now: @Sendable () -> Duration { { [value] in value.withLockedValue { $0 } } }
        func advance(_ duration: Duration) { value.withLockedValue { $0 += duration } }
    }

    @Test("As many as allowed at once, then one for each interval")
    func burst() {
        let clock = Clock()
        let limiter = RateLimiter(RateLimit(3, per: .seconds(30)), now: clock.now)
        #expect((0..<5).map { _ in limiter.take("uma").isAllowed } == [true, true, true, false, false])
        #expect(limiter.take("uma").retryAfter == .seconds(10))
        #expect(limiter.take("otto") == .init(isAllowed: true, remaining: 2, retryAfter: .zero, reset: .seconds(10)))
        clock.advance(.seconds(9))
        #expect(!limiter.take("uma").isAllowed)
        clock.advance(.seconds(1))
        #expect(limiter.take("uma").isAllowed)
        #expect(!limiter.take("uma").isAllowed)
        clock.advance(.seconds(300))
        #expect((0..<5).map { _ in limiter.take("uma").isAllowed } == [true, true, true, false, false])
        limiter.forget("uma")
        #expect(limiter.take("uma").isAllowed)
    }

    @Test("In no period are more allowed than burst and refill give, whatever the rhythm")
    func property() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededRandom(seed)
        let clock = Clock()
        let limiter = RateLimiter(RateLimit(5, per: .seconds(10)), now: clock.now)
        var allowed: [Duration] = []
        for _ in 0..<2000 {
            clock.advance(.milliseconds(random.below(1500)))
            if limiter.take("a").isAllowed { allowed.append(clock.now()) }
        }
        for (index, moment) in allowed.enumerated() {
            let within = allowed[index...].prefix { $0 - moment < .seconds(10) }.count
            #expect(within <= 10, "seed \(seed)")
        }
    }

    @Test("However many keys come, only so many are remembered")
    func bounded() {
        let limiter = RateLimiter(RateLimit(1, per: .seconds(60)), maximumKeys: 100)
        for number in 0..<10_000 { _ = limiter.take("key \(number)") }
        #expect(limiter.count <= 100)
        #expect(!limiter.take("key 9999").isAllowed)
    }

    @Test("Who comes too often gets 429 with the time to wait")
    func refused() async throws {
        let clock = Clock()
        let limiter = RateLimiter(RateLimit(2, per: .seconds(60)), now: clock.now)
        let router = Router()
        router.add(middleware: RateLimits("sign-in", limiter) { request, _ in request.headers[.authorization] })
        router.get("/") { _, _ in "fine" }
        try await Application(router: router).test(.router) { client in
            let headers: HTTPFields = [.authorization: "uma"]
            let first = try await client.execute(uri: "/", method: .get, headers: headers)
            #expect(first.headers[.rateLimitPolicy] == "\"sign-in\";q=2;w=60")
            #expect(first.headers[.rateLimit] == "\"sign-in\";r=1;t=30")
            _ = try await client.execute(uri: "/", method: .get, headers: headers)
            let refused = try await client.execute(uri: "/", method: .get, headers: headers)
            #expect(refused.status == .tooManyRequests)
            #expect(refused.headers[.retryAfter] == "30")
            #expect(refused.headers[.rateLimit] == "\"sign-in\";r=0;t=60")
            #expect(try await client.execute(uri: "/", method: .get).status == .ok)
        }
    }
}
