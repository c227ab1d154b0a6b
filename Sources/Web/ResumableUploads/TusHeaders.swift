import HTTPTypes

/// The header fields of tus 1.0.0.
extension HTTPField.Name {
    static let tusResumable = HTTPField.Name.known("Tus-Resumable")
    static let tusVersion = HTTPField.Name.known("Tus-Version")
    static let tusExtension = HTTPField.Name.known("Tus-Extension")
    static let tusMaxSize = HTTPField.Name.known("Tus-Max-Size")
    static let uploadLength = HTTPField.Name.known("Upload-Length")
    static let uploadDeferLength = HTTPField.Name.known("Upload-Defer-Length")
    static let uploadOffset = HTTPField.Name.known("Upload-Offset")
    static let uploadMetadata = HTTPField.Name.known("Upload-Metadata")
    static let mediaLocation = HTTPField.Name.known("Media-Location")
    static let methodOverride = HTTPField.Name.known("X-HTTP-Method-Override")

    /// Names in the source are well-formed; `Date` stands in for one that is not, which a test would find.
    static func known(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .date
    }
}

extension RequestProblem {
    static let tusVersion = RequestProblem(
        .preconditionFailed, "tus_version", "This server speaks tus 1.0.0; send Tus-Resumable: 1.0.0.",
        headers: [.tusVersion: "1.0.0"])
    static let badUploadLength = RequestProblem(
        .badRequest, "bad_upload_length", "Upload-Length must be the number of bytes, in digits.")
    static let deferredLength = RequestProblem(
        .badRequest, "deferred_length", "This server needs to know the length at the start; send Upload-Length.")
    static let badUploadOffset = RequestProblem(
        .badRequest, "bad_upload_offset", "Upload-Offset must be the number of bytes sent so far, in digits.")
    static let badUploadMetadata = RequestProblem(
        .badRequest, "bad_upload_metadata", "Upload-Metadata must be unique keys with base64 values.")
    static let uploadContentType = RequestProblem(
        .unsupportedMediaType, "upload_content_type", "Bytes are sent as application/offset+octet-stream.")
    static let uploadTooLarge = RequestProblem(
        .contentTooLarge, "upload_too_large", "This is more than this server takes in one upload.")
    static let methodNotHere = RequestProblem(
        .methodNotAllowed, "method_not_allowed", "An upload takes HEAD, PATCH and DELETE.")
}
