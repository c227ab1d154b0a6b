import Core
import Hummingbird
import Web

extension Settings {
    /// The proxies that are believed. The reader of the settings has checked the text.
    var proxies: TrustedProxies {
        get throws {
            TrustedProxies(
                try trustedProxies.map { text in
                    guard let network = IPNetwork(text) else { throw BadNetwork(text: text) }
                    return network
                }
            )
        }
    }
}

struct BadNetwork: Error, CustomStringConvertible {
    let text: String
    var description: String { "\(text) in MEDIASHARE_TRUSTED_PROXIES is no network in CIDR notation." }
}

extension SiteContext {
    /// The network that tries to sign in are counted under. For IPv6 it is the /64, which one customer has.
    var network: String {
        guard let address = IPAddress(origin.address), address.bytes.count == 16 else { return origin.address }
        return address.bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }
}

extension RateLimits where Context == SiteContext {
    /// Each form that strangers can send is counted by network; the rest is not limited here.
    static var strangersForms: RateLimits {
        RateLimits("forms", RateLimiter(RateLimit(60, per: .minutes(1)))) { request, context in
            // Slashes that are doubled or stand at the end lead to the same form.
            let path = request.uri.path.split(separator: "/")
            // Coming back from a provider is a GET, and is written down like a form.
            let isForm = request.method == .post || path.last == "callback"
            guard isForm, path.first == "auth" else { return nil }
            return "\(context.network) \(path.joined(separator: "/"))"
        }
    }
}
