import HTTPTypes
package import Hummingbird

/// Stands before the router and does for the upload path what must be done before and after everything else.
///
/// Some clients can send only GET and POST; tus lets them name the method that they mean in `X-HTTP-Method-Override`. It
/// is believed for POST requests of tus clients under this path and nowhere else, so that access and form-token checks see
/// the method that is meant. And every answer under this path carries `Tus-Resumable`, whoever made it.
package struct UploadEdge<Inner: HTTPResponder>: HTTPResponder {
    package typealias Context = Inner.Context

    private let inner: Inner
    private let path: String

    /// - Parameter path: `/uploads`; counts for what lies below it too.
    package init(_ inner: Inner, under path: String) {
        self.inner = inner
        self.path = path
    }

    package func respond(to request: Request, context: Context) async throws -> Response {
        guard request.uri.path == path || request.uri.path.hasPrefix(path + "/") else {
            return try await inner.respond(to: request, context: context)
        }
        var response = try await inner.respond(to: overridden(request), context: context)
        response.headers[.tusResumable] = Tus.version
        return response
    }

    private func overridden(_ request: Request) -> Request {
        guard request.method == .post, request.headers.contains(.tusResumable),
            let method = request.headers[.methodOverride].flatMap(Self.method)
        else { return request }
        var head = request.head
        head.method = method
        head.headerFields[.methodOverride] = nil
        return Request(head: head, body: request.body)
    }

    private static func method(_ name: String) -> HTTPRequest.Method? {
        [.patch, .delete, .head].first { $0.rawValue == name }
    }
}
