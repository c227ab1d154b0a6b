import HTTPTypes
package import Hummingbird

/// The server's side of tus 1.0.0 with creation, creation-defer-length, creation-with-upload, checksum, expiration and
/// termination, over a store. Each function answers one method; the application mounts them beside its access rules.
///
/// Every refusal that can be made from the headers is made before a byte of the body is read.
package struct ResumableUploads<Store: ResumableUploadStore>: Sendable {
    private let store: Store
    private let location: @Sendable (String) -> Link

    /// - Parameter location: the address of an upload by its id.
    package init(_ store: Store, location: @escaping @Sendable (String) -> Link) {
        self.store = store
        self.location = location
    }

    /// OPTIONS: what this server can do. The client's version is not looked at.
    package func capabilities() async throws -> Response {
        var headers: HTTPFields = [
            .tusResumable: Tus.version, .tusVersion: Tus.version, .tusExtension: Tus.extensions,
            .tusChecksumAlgorithm: UploadChecksum.algorithms,
        ]
        if let maximum = try await store.maximumSize() { headers[.tusMaxSize] = "\(maximum)" }
        return Response(status: .noContent, headers: headers)
    }

    /// POST: a new upload, and with a body its first bytes.
    package func create(_ request: Request, by caller: Store.Caller) async throws -> Response {
        let creation = try UploadCreation(request.headers)
        try await check(creation.length)
        let new = NewResumableUpload(length: creation.length, metadata: creation.metadata)
        var upload = try await store.create(new, by: caller)
        if creation.hasBody, upload.length != 0 {
            let patch = UploadPatch(first: creation)
            do {
                upload = try await append(request, patch, to: upload, by: caller)
            } catch let problem as RequestProblem where problem == .uploadChecksumMismatch {
                // The client is not told where the upload is, so nobody would ever go on with it.
                try await store.terminate(upload.id, by: caller)
                throw problem
            }
        }
        var headers = headers(upload)
        headers[.location] = location(upload.id).url
        return Response(status: .created, headers: headers)
    }

    /// HEAD: how far an upload has come.
    package func status(of id: String, _ request: Request, by caller: Store.Caller) async throws -> Response {
        try Tus.checkVersion(request.headers)
        let upload = try await store.find(id, by: caller)
        var headers = headers(upload)
        if let length = upload.length {
            headers[.uploadLength] = "\(length)"
        } else {
            headers[.uploadDeferLength] = "1"
        }
        if !upload.metadata.isEmpty { headers[.uploadMetadata] = upload.metadata }
        return Response(status: .ok, headers: headers)
    }

    /// PATCH: more bytes.
    package func append(to id: String, _ request: Request, by caller: Store.Caller) async throws -> Response {
        let patch = try UploadPatch(request.headers)
        let upload = try await store.find(id, by: caller)
        guard patch.offset == upload.offset else { throw RequestProblem.uploadOffsetConflict }
        if let length = patch.length {
            guard length == upload.length ?? length, length >= upload.offset else {
                throw RequestProblem.uploadLengthUnfit
            }
            try await check(length)
        }
        let after = try await append(request, patch, to: upload, by: caller)
        return Response(status: .noContent, headers: headers(after))
    }

    /// DELETE: the end of an upload.
    package func terminate(_ id: String, _ request: Request, by caller: Store.Caller) async throws -> Response {
        try Tus.checkVersion(request.headers)
        try await store.terminate(id, by: caller)
        return Response(status: .noContent, headers: [.tusResumable: Tus.version])
    }

    private func check(_ length: Int64?) async throws {
        guard let length, let maximum = try await store.maximumSize() else { return }
        guard length <= maximum else { throw RequestProblem.uploadTooLarge }
    }

    private func append(
        _ request: Request,
        _ patch: UploadPatch,
        to upload: ResumableUpload,
        by caller: Store.Caller
    ) async throws -> ResumableUpload {
        let known = patch.length ?? upload.length
        let end = if let known { known } else { try await store.maximumSize() ?? .max }
        let left = max(0, end - upload.offset)
        if let bodyLength = patch.bodyLength, bodyLength > left { throw RequestProblem.uploadOverrun }
        let body = UploadBody(reader: BodyReader(request.body), left: left, checksum: patch.checksum)
        let chunk = ResumableChunk(
            offset: upload.offset,
            body: RequestBody(asyncSequence: body),
            bodyLength: patch.bodyLength,
            uploadLength: patch.length,
            isAllOrNothing: patch.checksum != nil
        )
        return try await store.append(chunk, to: upload.id, by: caller)
    }

    private func headers(_ upload: ResumableUpload) -> HTTPFields {
        var headers: HTTPFields = [
            .tusResumable: Tus.version, .uploadOffset: "\(upload.offset)", .cacheControl: "no-store",
        ]
        if let media = upload.media {
            headers[.mediaLocation] = media.url
        } else if let expires = upload.expires {
            headers[.uploadExpires] = expires.text
        }
        return headers
    }
}
