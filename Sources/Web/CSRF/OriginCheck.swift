import HTTPTypes
package import Hummingbird

/// Whether a browser says that a request was made by our own pages. `Sec-Fetch-Site` (W3C Fetch Metadata) is believed
/// first, as pages cannot set it; older browsers send `Origin`, which must name our own host or one that is trusted. A
/// client that sends neither is no browser, or a very old one, for which the form token stands.
package struct OriginCheck: Sendable {
    private let trustedOrigins: Set<String>

    /// - Parameter trustedOrigins: other origins of the same installation, `https://media.example.org`.
    package init(trustedOrigins: Set<String> = []) {
        self.trustedOrigins = Set(trustedOrigins.map { $0.lowercased() })
    }

    package func allows(_ request: Request) -> Bool {
        let origins = request.headers[values: .origin]
        guard origins.count <= 1 else { return false }
        if let origin = origins.first, trustedOrigins.contains(origin.lowercased()) { return true }
        let sites = request.headers[values: .secFetchSite]
        if !sites.isEmpty { return sites == ["same-origin"] || sites == ["none"] }
        guard let origin = origins.first else { return true }
        guard let host = request.head.authority else { return false }
        // The scheme is left out: behind a proxy that ends TLS we do not see it.
        return origin.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last.map {
            $0.lowercased() == host.lowercased()
        } ?? false
    }
}

extension HTTPRequest.Method {
    /// Changes nothing (RFC 9110 section 9.2.1).
    package var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace: true
        default: false
        }
    }
}

extension HTTPField.Name {
    package static let secFetchSite = HTTPField.Name(literal: "Sec-Fetch-Site")
    package static let csrfToken = HTTPField.Name(literal: "X-CSRF-Token")
}
