package import HTTPTypes

/// Who asked, as far as the proxies that we trust can tell.
package struct ClientOrigin: Sendable, Equatable {
    /// Nil when the connection came through a socket of the file system and no proxy said more.
    package let address: IPAddress?
    /// Whether the client's own connection was encrypted.
    package let isSecure: Bool
    /// The host, with its port, that the client named to the outermost trusted proxy; nil without one.
    package let host: String?
}

/// The proxies in front of this server, and what they say of the client. Anybody can send these fields, so each hop is
/// believed only as far as the one that added it is trusted.
package struct TrustedProxies: Sendable {
    /// Which field the proxies write. One only: a proxy that writes one passes the other on as the client forged it.
    package enum Field: String, Sendable, CaseIterable {
        /// `X-Forwarded-For`, with `X-Forwarded-Proto` and `X-Forwarded-Host`.
        case xForwarded = "x-forwarded"
        /// `Forwarded` (RFC 7239).
        case forwarded
    }

    private let networks: [IPNetwork]
    private let field: Field

    package init(_ networks: [IPNetwork], field: Field = .xForwarded) {
        self.networks = networks
        self.field = field
    }

    /// Nobody: the connection's own address is the client's.
    package static let none = TrustedProxies([])

    /// - Parameters:
    ///   - peer: the other end of the connection; nil for a socket of the file system, which only a proxy can use.
    ///   - isSecure: whether that connection is encrypted.
    package func origin(peer: IPAddress?, isSecure: Bool, headers: HTTPFields) -> ClientOrigin {
        let direct = ClientOrigin(address: peer, isSecure: isSecure, host: nil)
        guard !networks.isEmpty, peer.map(isTrusted) ?? true else { return direct }
        let hops: [ForwardedHop]
        switch field {
        case .xForwarded: hops = ForwardedHop.xForwarded(headers)
        case .forwarded: hops = ForwardedHop.forwarded(headers)
        }
        var found = direct
        for hop in hops.reversed() {
            // A hop without a legible address ends the chain: what stands before it came from who knows where.
            found = ClientOrigin(
                address: hop.address ?? found.address,
                isSecure: hop.isSecure ?? found.isSecure,
                host: hop.host ?? found.host
            )
            guard let address = hop.address, isTrusted(address) else { break }
        }
        return found
    }

    private func isTrusted(_ address: IPAddress) -> Bool { networks.contains { $0.contains(address) } }
}
