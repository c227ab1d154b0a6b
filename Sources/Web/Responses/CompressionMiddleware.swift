import HTTPTypes
package import Hummingbird
import NIOCore

/// Compresses pages, JSON and other text with gzip for clients that want it, and says `Vary: Accept-Encoding`.
///
/// BREACH: the length of a compressed page that holds a secret and something that an attacker can choose tells of the
/// secret. The secrets in our pages are form tokens, and those are masked anew for every page, so that equal guesses do
/// not compress better. Whoever puts another lasting secret into a page sends `Cache-Control: no-transform` with it.
package struct CompressionMiddleware<Context: RequestContext>: RouterMiddleware {
    /// Up to so many bytes are compressed at once, with a Content-Length; what is longer goes out as it is made.
    private let atOnce = 1024 * 1024
    /// zlib's middle: twice as fast as its best, and few bytes more.
    private let level: CInt = 5

    package init() {}

    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard Compressible.isCompressible(response) else { return response }
        response.headers.vary(on: "Accept-Encoding")
        guard Compressible.wantsGzip(request.headers) else { return response }
        if request.method == .head {
            response.headers[.contentLength] = nil
        } else if let length = response.body.contentLength, length <= atOnce {
            response.body = ResponseBody(byteBuffer: try await compressed(response.body))
        } else {
            response.body = streaming(response.body)
        }
        response.headers[.contentEncoding] = "gzip"
        // Other bytes than the tag was made for.
        if let tag = response.headers[.eTag].flatMap(EntityTag.init(parsing:)) {
            response.headers[.eTag] = tag.weakened.text
        }
        return response
    }

    private func compressed(_ body: ResponseBody) async throws -> ByteBuffer {
        let collected = Collected()
        try await body.write(CollectingWriter(collected: collected))
        return try Gzip.compress(collected.bytes, level: level)
    }

    private func streaming(_ body: ResponseBody) -> ResponseBody {
        ResponseBody { [level] writer in
            try await body.write(GzipWriter(next: writer, gzip: try Gzip(level: level)))
        }
    }
}

private final class Collected {
    var bytes = ByteBuffer()
}

private struct CollectingWriter: ResponseBodyWriter {
    let collected: Collected

    mutating func write(_ buffer: ByteBuffer) async throws { collected.bytes.writeImmutableBuffer(buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

private struct GzipWriter: ResponseBodyWriter {
    var next: any ResponseBodyWriter
    let gzip: Gzip

    mutating func write(_ buffer: ByteBuffer) async throws {
        let bytes = try gzip.compress(buffer, flushing: true)
        if bytes.readableBytes > 0 { try await next.write(bytes) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await next.write(try gzip.finish())
        try await next.finish(trailingHeaders)
    }
}
