package import HTTPTypes
package import Hummingbird
package import NIOCore

/// A file as the answer to a GET or HEAD: whole, in part, or not at all when the client has it already.
///
/// The caller has decided that the file may be seen; everything that HTTP says about ranges, conditions and validators
/// is decided here.
/// ```
/// let file = try OpenFile(path: path)
/// return try await FileResponse(file, contentType: "video/mp4", entityTag: EntityTag(sha256)).response(
///     to: request, on: context.channel)
/// ```
package struct FileResponse: Sendable {
    package let file: OpenFile
    /// The media type, with its charset if it has one.
    package let contentType: String
    /// From the content, never from the clock: a strong tag promises equal bytes.
    package let entityTag: EntityTag?
    package let lastModified: HTTPDate?
    package let disposition: ContentDisposition?
    /// The `Cache-Control` field, also on 304.
    package let cacheControl: String?
    /// Further fields of 200 and 206 (`X-Content-Type-Options`, `Content-Security-Policy`, …).
    package let headers: HTTPFields
    package let delivery: FileDelivery
    /// Ends a long answer that may not go on.
    package let watch: SendWatch?

    /// - Parameter lastModified: leave it out to use the file's own; pass nil to send none.
    package init(
        _ file: OpenFile,
        contentType: String,
        entityTag: EntityTag?,
        lastModified: HTTPDate?,
        disposition: ContentDisposition? = nil,
        cacheControl: String? = nil,
        headers: HTTPFields = [:],
        delivery: FileDelivery = .direct,
        watch: SendWatch? = nil
    ) {
        self.file = file
        self.contentType = contentType
        self.entityTag = entityTag
        self.lastModified = lastModified
        self.disposition = disposition
        self.cacheControl = cacheControl
        self.headers = headers
        self.delivery = delivery
        self.watch = watch
    }

    /// The answer to `request`.
    ///
    /// - Parameters:
    ///   - channel: the connection, when the context knows it; without one the bytes are copied.
    ///   - now: the server's clock, for date validators.
    /// - Throws: `Errno` or `OpenFile.Truncated` when a small file cannot be read. Later failures end the connection,
    ///   so that the client sees a short body and not a wrong one.
    package func response(
        to request: Request,
        on channel: (any Channel)?,
        now: HTTPDate = .now
    ) async throws -> Response {
        switch delivery {
        case .direct: break
        case .accelerated(let location): return accelerated(location)
        }
        let known = Representation(length: file.size, entityTag: entityTag, lastModified: lastModified)
        let sender = FileBody(
            file: file,
            channel: request.head.scheme == "https" ? nil : channel,
            watch: watch,
            connection: channel
        )
        let isHead = request.method == .head
        switch known.decision(method: request.method, headers: request.headers, now: now) {
        case .whole:
            var fields = representationFields
            fields[.contentLength] = String(file.size)
            return Response(
                status: .ok,
                headers: fields,
                body: isHead ? .init() : try await sender.body(0..<file.size)
            )
        case .part(let range):
            var fields = representationFields
            fields[.contentRange] = ContentRange.text(range, length: file.size)
            return Response(status: .partialContent, headers: fields, body: try await sender.body(range))
        case .parts(let ranges):
            let layout = MultipartRanges(
                parts: ranges,
                length: file.size,
                partType: contentType,
                boundary: MultipartRanges.randomBoundary()
            )
            var fields = representationFields
            fields[.contentType] = layout.contentType
            return Response(status: .partialContent, headers: fields, body: sender.body(layout))
        case .unsatisfiable:
            var fields: HTTPFields = [.acceptRanges: "bytes"]
            fields[.contentRange] = ContentRange.unsatisfied(length: file.size)
            return Response(status: .rangeNotSatisfiable, headers: fields)
        case .notModified:
            return Response(status: .notModified, headers: validatorFields)
        case .preconditionFailed:
            return Response(status: .preconditionFailed, headers: validatorFields)
        }
    }

    /// What a cache may update from (RFC 9110 §15.4.5).
    private var validatorFields: HTTPFields {
        var fields = HTTPFields()
        if let entityTag { fields.append(HTTPField(name: .eTag, value: entityTag.text)) }
        if let lastModified { fields.append(HTTPField(name: .lastModified, value: lastModified.text)) }
        if let cacheControl { fields.append(HTTPField(name: .cacheControl, value: cacheControl)) }
        if let vary = headers[.vary] { fields.append(HTTPField(name: .vary, value: vary)) }
        return fields
    }

    private var representationFields: HTTPFields {
        var fields = validatorFields
        fields.append(HTTPField(name: .contentType, value: contentType))
        fields.append(HTTPField(name: .acceptRanges, value: "bytes"))
        if let disposition { fields.append(HTTPField(name: .contentDisposition, value: disposition.text)) }
        // What is decided here is not for the caller to say.
        let decided = fields
        for field in headers where !decided.contains(field.name) { fields.append(field) }
        return fields
    }

    /// nginx answers ranges and conditions itself, with validators of its own.
    private func accelerated(_ location: String) -> Response {
        var fields = headers
        fields[.cacheControl] = cacheControl
        fields[.contentType] = contentType
        fields[.contentDisposition] = disposition?.text
        fields[.xAccelRedirect] = location
        return Response(status: .ok, headers: fields)
    }
}
