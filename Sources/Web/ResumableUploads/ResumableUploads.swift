package import HTTPTypes
package import Hummingbird

/// tus 1.0.0 over HTTP: core, creation, creation-with-upload, termination.
/// Source: https://tus.io/protocols/resumable-upload, version 1.0.0.
///
/// It reads requests and words answers; what an upload is, the store decides.
package struct ResumableUploads<Store: ResumableUploadStore>: Sendable {
    package static var version: String { "1.0.0" }

    private let store: Store
    private let address: @Sendable (_ id: String) -> Link
    private let answer: @Sendable (_ error: any Error, _ request: Request, _ caller: Store.Caller) -> Response

    /// - Parameters:
    ///   - address: Where an upload is found, for `Location`.
    ///   - answer: What the application says about an error; the protocol's fields are added to it.
    package init(
        store: Store, address: @escaping @Sendable (_ id: String) -> Link,
        answer: @escaping @Sendable (any Error, Request, Store.Caller) -> Response
    ) {
        self.store = store
        self.address = address
        self.answer = answer
    }

    /// OPTIONS: what this server can do. The client's own version does not matter here.
    package func options() -> Response {
        var headers: HTTPFields = [
            .tusVersion: Self.version, .tusExtension: "creation,creation-with-upload,termination",
        ]
        headers[.tusMaxSize] = store.maximumSize.map { String($0) }
        return tus(Response(status: .noContent, headers: headers))
    }

    /// POST: a new upload, perhaps with its first bytes.
    package func create(_ request: Request, _ caller: Store.Caller) async -> Response {
        await answered(request, caller) {
            let new = try announced(request)
            let bringsBytes = try bringsBytes(request)
            var upload = try await store.create(new, for: caller)
            if bringsBytes {
                upload = try await store.append(request.body, to: upload.id, at: 0, for: caller)
            }
            var response = Response(status: .created, headers: [.location: address(upload.id).url])
            if bringsBytes { response.headers[.uploadOffset] = String(upload.offset) }
            response.headers[.mediaLocation] = upload.location?.url
            return response
        }
    }

    /// A request to an upload's own address. `X-HTTP-Method-Override` stands for the method where a client can only POST.
    package func handle(_ id: String, _ request: Request, _ caller: Store.Caller) async -> Response {
        await answered(request, caller) {
            switch request.effectiveMethod {
            case .head: try await head(id, caller)
            case .patch: try await patch(id, request, caller)
            case .delete: try await delete(id, caller)
            default: throw RequestProblem.methodNotHere
            }
        }
    }

    private func head(_ id: String, _ caller: Store.Caller) async throws -> Response {
        let upload = try await store.find(id, for: caller)
        var headers: HTTPFields = [
            .uploadOffset: String(upload.offset), .uploadLength: String(upload.length), .cacheControl: "no-store",
        ]
        if !upload.metadata.isEmpty { headers[.uploadMetadata] = upload.metadata }
        headers[.mediaLocation] = upload.location?.url
        return Response(status: .ok, headers: headers)
    }

    private func patch(_ id: String, _ request: Request, _ caller: Store.Caller) async throws -> Response {
        guard request.isOffsetStream else { throw RequestProblem.uploadContentType }
        guard let offset = request.headers[.uploadOffset].flatMap(Int64.init(digits:)) else {
            throw RequestProblem.badUploadOffset
        }
        let upload = try await store.append(request.body, to: id, at: offset, for: caller)
        var response = Response(status: .noContent, headers: [.uploadOffset: String(upload.offset)])
        response.headers[.mediaLocation] = upload.location?.url
        return response
    }

    private func delete(_ id: String, _ caller: Store.Caller) async throws -> Response {
        try await store.terminate(id, for: caller)
        return Response(status: .noContent)
    }

    private func announced(_ request: Request) throws(RequestProblem) -> NewResumableUpload {
        if request.headers[.uploadDeferLength] != nil { throw .deferredLength }
        guard let length = request.headers[.uploadLength].flatMap(Int64.init(digits:)) else { throw .badUploadLength }
        if let most = store.maximumSize, length > most { throw .uploadTooLarge }
        let metadata = try UploadMetadata(request.headers[.uploadMetadata] ?? "")
        return NewResumableUpload(length: length, metadata: metadata)
    }

    /// Whether a creation carries bytes; any but the protocol's own content type may not.
    private func bringsBytes(_ request: Request) throws(RequestProblem) -> Bool {
        let isEmpty = request.headers[.transferEncoding] == nil && (request.headers[.contentLength] ?? "0") == "0"
        if request.isOffsetStream { return true }
        guard isEmpty else { throw .uploadContentType }
        return false
    }

    /// Every answer but to OPTIONS follows a check of the version and carries ours.
    private func answered(
        _ request: Request, _ caller: Store.Caller, _ body: () async throws -> Response
    ) async -> Response {
        do {
            guard request.headers[.tusResumable] == Self.version else { throw RequestProblem.tusVersion }
            return tus(try await body())
        } catch {
            return tus(answer(error, request, caller))
        }
    }

    private func tus(_ response: Response) -> Response {
        var response = response
        response.headers[.tusResumable] = Self.version
        return response
    }
}

extension Request {
    /// The method that counts: checks look at this one, not at the one on the wire.
    package var effectiveMethod: HTTPRequest.Method {
        guard method == .post, let override = headers[.methodOverride] else { return method }
        return HTTPRequest.Method(override.uppercased()) ?? method
    }

    fileprivate var isOffsetStream: Bool {
        headers[.contentType]?.lowercased() == "application/offset+octet-stream"
    }
}

extension Int64 {
    /// Digits alone: no sign, no space, and no number that does not fit.
    fileprivate init?(digits text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.init(text)
    }
}
