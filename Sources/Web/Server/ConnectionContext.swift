package import Hummingbird
package import NIOCore

/// A request context that knows its connection.
/// ```
/// struct SiteRequestContext: RequestContext, ConnectionContext {
///     var coreContext: CoreRequestContextStorage
///     let channel: (any Channel)?
///     init(source: ApplicationRequestContextSource) {
///         coreContext = .init(source: source)
///         channel = source.channel
///     }
/// }
/// ```
package protocol ConnectionContext: Sendable {
    /// Carries files by `sendfile` (``FileResponse``); nil where a request came without a connection.
    var channel: (any Channel)? { get }
}

extension ConnectionContext {
    /// The other end of the connection: the client, or the proxy in front of it.
    package var remoteAddress: SocketAddress? { channel?.remoteAddress }

    /// Who asked, past the proxies that are trusted.
    package func origin(of request: Request, trusting proxies: TrustedProxies) -> ClientOrigin {
        proxies.origin(
            peer: IPAddress(remoteAddress),
            isSecure: request.head.scheme == "https",
            headers: request.headers
        )
    }
}
