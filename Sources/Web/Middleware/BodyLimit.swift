import HTTPTypes
package import Hummingbird
import NIOCore

/// Refuses bodies over a size: by the declared length before a byte is read, otherwise as soon as they grow over it. For
/// every route that does not take files.
package struct BodyLimit<Context: RequestContext>: RouterMiddleware {
    private let maximum: Int

    /// - Parameter maximum: bytes.
    package init(_ maximum: Int) {
        self.maximum = maximum
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        if let declared = request.headers[.contentLength] {
            guard let length = Int(declared), length <= maximum else { throw RequestProblem.bodyTooLarge(maximum) }
            return try await next(request, context)
        }
        var request = request
        request.body = RequestBody(asyncSequence: BoundedBody(reader: BodyReader(request.body), maximum: maximum))
        return try await next(request, context)
    }
}

private struct BoundedBody: AsyncSequence, Sendable {
    let reader: BodyReader
    let maximum: Int

    struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let reader: BodyReader
        let maximum: Int
        var remaining: Int

        mutating func next() async throws -> ByteBuffer? {
            guard let buffer = try await reader.next() else { return nil }
            remaining -= buffer.readableBytes
            guard remaining >= 0 else { throw RequestProblem.bodyTooLarge(maximum) }
            return buffer
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: reader, maximum: maximum, remaining: maximum)
    }
}

extension RequestProblem {
    /// - Parameter maximum: bytes.
    package static func bodyTooLarge(_ maximum: Int) -> RequestProblem {
        RequestProblem(
            .contentTooLarge,
            "body_too_large",
            "This request is larger than the %1 that are accepted here.",
            Language.current.size(bytes: Int64(maximum))
        )
    }
}
