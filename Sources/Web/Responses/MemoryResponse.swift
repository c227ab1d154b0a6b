package import HTTPTypes
package import Hummingbird
package import NIOCore

/// A file held in memory and compressed beforehand: style sheets, scripts, pictures of the site's own.
package struct MemoryResponse: Sendable {
    private let contentType: String
    private let headers: HTTPFields
    private let plain: Variant
    /// Nil when compressing does not pay.
    private let gzip: Variant?

    private struct Variant: Sendable {
        let bytes: ByteBuffer
        let tag: EntityTag
    }

    /// - Parameters:
    ///   - hash: of the content: the opaque part of its entity tag.
    ///   - headers: further fields, such as `Cache-Control`.
    package init(_ bytes: ByteBuffer, contentType: String, hash: String, headers: HTTPFields = [:]) throws {
        self.contentType = contentType
        plain = Variant(bytes: bytes, tag: EntityTag(hash))
        var headers = headers
        if Compressible.isText(contentType) {
            headers.vary(on: "Accept-Encoding")
            let small = try Gzip.compress(bytes, level: 9)
            gzip =
                small.readableBytes < bytes.readableBytes * 9 / 10
                ? Variant(bytes: small, tag: EntityTag(hash + "-gzip")) : nil
        } else {
            gzip = nil
        }
        self.headers = headers
    }

    /// The answer to a GET or HEAD; 304 when the client has it. Ranges are not offered.
    package func response(to request: Request) -> Response {
        var variant = plain
        var fields = headers
        if let gzip, Compressible.wantsGzip(request.headers) {
            variant = gzip
            fields[.contentEncoding] = "gzip"
        }
        fields[.eTag] = variant.tag.text
        let known = Representation(length: variant.bytes.readableBytes, entityTag: variant.tag, lastModified: nil)
        var conditions = request.headers
        conditions[.range] = nil
        switch known.decision(method: request.method, headers: conditions, now: .now) {
        case .whole, .part, .parts, .unsatisfiable:
            fields[.contentType] = contentType
            fields[.contentLength] = String(variant.bytes.readableBytes)
            let body = request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: variant.bytes)
            return Response(status: .ok, headers: fields, body: body)
        case .notModified:
            fields[.contentEncoding] = nil
            return Response(status: .notModified, headers: fields)
        case .preconditionFailed:
            return Response(status: .preconditionFailed, headers: fields)
        }
    }
}
