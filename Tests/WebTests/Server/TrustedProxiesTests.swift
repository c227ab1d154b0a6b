import HTTPTypes
import NIOCore
import Testing

@testable import Web

@Suite("Who asked, past the proxies")
struct TrustedProxiesTests {
    private let networks = ["10.0.0.0/8", "2001:db8:1::/48"].compactMap(IPNetwork.init)

    private func origin(
        _ fields: HTTPFields,
        peer: String? = "10.0.0.1",
        field: TrustedProxies.Field = .xForwarded
    ) -> ClientOrigin {
        TrustedProxies(networks, field: field).origin(
            peer: peer.flatMap { IPAddress($0) },
            isSecure: false,
            headers: fields
        )
    }

    @Test("Nobody is believed who is not trusted")
    func untrusted() {
        let forged: HTTPFields = [.xForwardedFor: "1.2.3.4", .xForwardedProto: "https", .xForwardedHost: "evil"]
        let origin = origin(forged, peer: "192.0.2.9")
        #expect(origin == ClientOrigin(address: IPAddress("192.0.2.9"), isSecure: false, host: nil))
        let none = TrustedProxies.none.origin(peer: IPAddress("10.0.0.1"), isSecure: true, headers: forged)
        #expect(none == ClientOrigin(address: IPAddress("10.0.0.1"), isSecure: true, host: nil))
    }

    @Test(
        "The client is the nearest address that no trusted proxy has",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("1.1.1.1, 192.0.2.1", "192.0.2.1"), ("192.0.2.1, 10.0.0.7", "192.0.2.1"),
            ("1.1.1.1, 192.0.2.1, 10.0.0.7, 10.9.9.9", "192.0.2.1"), ("192.0.2.1:4711", "192.0.2.1"),
            ("[2001:db8::7]:80", "2001:db8::7"), ("2001:db8::7", "2001:db8::7"), ("::ffff:192.0.2.1", "192.0.2.1"),
            ("10.0.0.5, 10.0.0.6", "10.0.0.5"), ("192.0.2.1, nonsense", "10.0.0.1"),
            ("192.0.2.1, unknown, 10.0.0.8", "10.0.0.8"), ("", "10.0.0.1"), ("1.2.3.4.5", "10.0.0.1"),
            ("192.0.2.1,2001:db8:1::5", "192.0.2.1"),
        ]
    )
    func forwardedFor(field: String, client: String) {
        #expect(origin([.xForwardedFor: field]).address?.text == client)
    }

    @Test("Scheme and host are those of the client's own connection")
    func schemeAndHost() {
        let one = origin([
            .xForwardedFor: "192.0.2.1", .xForwardedProto: "https", .xForwardedHost: "media.example:8443",
        ])
        #expect(one == ClientOrigin(address: IPAddress("192.0.2.1"), isSecure: true, host: "media.example:8443"))
        let two = origin([.xForwardedFor: "192.0.2.1, 10.0.0.2", .xForwardedProto: "https, http"])
        #expect(two.isSecure)
        let forged = origin([.xForwardedFor: "1.1.1.1, 192.0.2.1", .xForwardedProto: "https, http"])
        #expect(!forged.isSecure)
        #expect(origin([.xForwardedFor: "192.0.2.1", .xForwardedHost: "a/b"]).host == nil)
        #expect(origin([.xForwardedFor: "192.0.2.1", .xForwardedProto: "gopher"]).isSecure == false)
    }

    @Test("RFC 7239 is read with its quotes, where the proxies write it")
    func forwarded() {
        let field = #"for=1.1.1.1, for="[2001:db8::7]:4711";proto=https;host="m.example";by=x, For=10.0.0.3;proto=http"#
        #expect(
            origin([.forwarded: field], field: .forwarded)
                == ClientOrigin(address: IPAddress("2001:db8::7"), isSecure: true, host: "m.example")
        )
        #expect(origin([.forwarded: "for=_hidden"], field: .forwarded).address == IPAddress("10.0.0.1"))
        #expect(origin([.forwarded: #"for="192.0.2.1"#], field: .forwarded).address == IPAddress("10.0.0.1"))
        #expect(origin([.forwarded: "for=192.0.2.1", .xForwardedFor: "9.9.9.9"]).address == IPAddress("9.9.9.9"))
        #expect(origin([.forwarded: #"for="192.0.2.1,8.8.8.8""#], field: .forwarded).address == IPAddress("10.0.0.1"))
    }

    @Test("Networks hold what they say")
    func networksContain() throws {
        let small = try #require(IPNetwork("192.0.2.128/25"))
        #expect(small.contains(try #require(IPAddress("192.0.2.200"))))
        #expect(!small.contains(try #require(IPAddress("192.0.2.127"))))
        #expect(try #require(IPNetwork("0.0.0.0/0")).contains(try #require(IPAddress("8.8.8.8"))))
        #expect(try !#require(IPNetwork("0.0.0.0/0")).contains(try #require(IPAddress("::1"))))
        #expect(try #require(IPNetwork("::1")).contains(try #require(IPAddress("::1"))))
        for text in ["", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "host", "10.0.0.0/x"] {
            #expect(IPNetwork(text) == nil, "\(text)")
        }
    }
}
