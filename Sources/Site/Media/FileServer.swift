import Core
import HTTPTypes
import Hummingbird
import Web

/// Hands out the bytes of items: with ranges, as safely as bytes from strangers can be shown.
struct FileServer: Sendable {
    let accelRedirectPrefix: String?

    func response(
        _ served: ServedFile,
        _ asset: MediaAsset,
        to request: Request,
        _ context: SiteContext,
        _ watch: SendWatch? = nil
    ) async throws -> Response {
        guard let descriptor = served.takeDescriptor() else { throw Failure.notFound }
        let file = FileResponse(
            try OpenFile(takingOwnershipOf: descriptor),
            contentType: served.contentType,
            entityTag: EntityTag(served.etag),
            lastModified: HTTPDate(secondsSince1970: Int(served.lastModified.milliseconds / 1000)),
            disposition: served.isAttachment
                ? .attachment(filename: served.filename) : .inline(filename: served.filename),
            cacheControl: cacheControl(asset, request),
            headers: headers(asset, served),
            delivery: .by(acceleratedPrefix: accelRedirectPrefix, path: served.location),
            watch: watch
        )
        return try await file.response(to: request, on: context.channel)
    }

    /// A file for one person alone, to keep: no cache holds it.
    func privateCopy(_ served: ServedFile, to request: Request, _ context: SiteContext) async throws -> Response {
        guard let descriptor = served.takeDescriptor() else { throw Failure.notFound }
        let file = FileResponse(
            try OpenFile(takingOwnershipOf: descriptor),
            contentType: served.contentType,
            entityTag: EntityTag(served.etag),
            lastModified: HTTPDate(secondsSince1970: Int(served.lastModified.milliseconds / 1000)),
            disposition: .attachment(filename: served.filename),
            cacheControl: "private, no-store",
            headers: [.xContentTypeOptions: "nosniff", .contentSecurityPolicy: ContentPolicy.untrustedFile.header],
            delivery: .by(acceleratedPrefix: accelRedirectPrefix, path: served.location)
        )
        return try await file.response(to: request, on: context.channel)
    }

    /// A picture under an address that names its content never changes; everything else is asked for again, so that it
    /// ends with the session.
    private func cacheControl(_ asset: MediaAsset, _ request: Request) -> String {
        request.uri.queryParameters["v"] == nil ? "private, no-cache" : "private, max-age=31536000, immutable"
    }

    /// PDFs need the browser's own viewer, which a sandbox would stop; they may then do nothing but be shown by us.
    private func headers(_ asset: MediaAsset, _ served: ServedFile) -> HTTPFields {
        var headers: HTTPFields = [.xContentTypeOptions: "nosniff"]
        headers[.contentSecurityPolicy] =
            served.contentType == "application/pdf"
            ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
            : ContentPolicy.untrustedFile.header
        return headers
    }
}
