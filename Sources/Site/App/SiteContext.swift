package import Core
package import Hummingbird
package import NIOCore
package import Web

/// What every request knows: which brand it came to, from where, and who asks. `Arrival` fills it in before the routes;
/// handlers get one of the narrower contexts made from it.
package struct SiteContext: RequestContext, ConnectionContext {
    package var coreContext: CoreRequestContextStorage
    package let channel: (any Channel)?
    /// The path and query as they came, to lead somebody back here.
    package var here = Link()
    package var origin = Scope.Origin(address: "", userAgent: "", requestID: "")
    package var tenant: ID<Tenant> = .platform
    package var identity = Identity.visitor
    /// What came in the cookies, proven or not.
    var sessionToken: String?
    var device: String?
    var secondStep: String?
    var ownSessionToken: String?
    package var arrivedAt = Timestamp(milliseconds: 0)

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Who asks, as far as they proved it.
    package enum Identity: Sendable {
        case visitor
        /// By a session's cookie.
        case session(Session)
        /// By a bearer token.
        case token(TokenBearer)
    }

    package var scope: Scope {
        switch identity {
        case .visitor: .visitor(tenant: tenant, origin: origin)
        case .session(let session): session.scope(origin: origin)
        case .token(let bearer): bearer.scope(origin: origin)
        }
    }
}
