package import HTTPTypes

/// The words of tus 1.0.0 (https://tus.io/protocols/resumable-upload, protocol.md of tus/tus-resumable-upload-protocol).
package enum Tus {
    package static let version = "1.0.0"
    static let extensions = "creation,creation-defer-length,creation-with-upload,checksum,expiration,termination"
    static let contentType = "application/offset+octet-stream"

    /// Every request but OPTIONS says which version it speaks.
    static func checkVersion(_ headers: HTTPFields) throws(RequestProblem) {
        guard headers[.tusResumable] == version else { throw .tusVersion }
    }
}

extension HTTPField.Name {
    package static let tusResumable = HTTPField.Name(literal: "Tus-Resumable")
    static let tusVersion = HTTPField.Name(literal: "Tus-Version")
    static let tusExtension = HTTPField.Name(literal: "Tus-Extension")
    static let tusMaxSize = HTTPField.Name(literal: "Tus-Max-Size")
    static let tusChecksumAlgorithm = HTTPField.Name(literal: "Tus-Checksum-Algorithm")
    static let methodOverride = HTTPField.Name(literal: "X-HTTP-Method-Override")
    static let uploadLength = HTTPField.Name(literal: "Upload-Length")
    static let uploadDeferLength = HTTPField.Name(literal: "Upload-Defer-Length")
    static let uploadOffset = HTTPField.Name(literal: "Upload-Offset")
    static let uploadMetadata = HTTPField.Name(literal: "Upload-Metadata")
    static let uploadChecksum = HTTPField.Name(literal: "Upload-Checksum")
    static let uploadExpires = HTTPField.Name(literal: "Upload-Expires")
    /// Ours: where to find what a completed upload has become.
    static let mediaLocation = HTTPField.Name(literal: "Media-Location")
}

extension RequestProblem {
    static let tusVersion = RequestProblem(
        HTTPResponse.Status.preconditionFailed,
        "tus_version",
        "This server speaks version 1.0.0 of tus.",
        headers: [.tusVersion: Tus.version]
    )
    static let uploadLengthMissing = RequestProblem(
        .badRequest,
        "upload_length",
        "A new upload needs the header Upload-Length with the file's size in bytes, or Upload-Defer-Length: 1."
    )
    static let uploadLengthTwice = RequestProblem(
        .badRequest,
        "upload_length_twice",
        "Upload-Length and Upload-Defer-Length exclude each other."
    )
    static let uploadLengthUnfit = RequestProblem(
        .badRequest,
        "upload_length_unfit",
        "Upload-Length is a whole number of bytes, not less than what has come, and never changes once it was told."
    )
    static let uploadChecksum = RequestProblem(
        .badRequest,
        "upload_checksum",
        "Upload-Checksum must be sha1 or sha256 and, after a space, the checksum in Base64."
    )
    /// The bytes are not what was sent; none of them was kept. 460 is tus' own.
    package static let uploadChecksumMismatch = RequestProblem(
        HTTPResponse.Status(code: 460, reasonPhrase: "Checksum Mismatch"),
        "upload_checksum_mismatch",
        "These bytes were damaged on their way and were dropped: send them again."
    )
    static let uploadTooLarge = RequestProblem(
        .contentTooLarge,
        "upload_too_large",
        "This file is larger than what can be uploaded here."
    )
    static let uploadOffsetMissing = RequestProblem(
        .badRequest,
        "upload_offset",
        "The header Upload-Offset must be a whole number of bytes."
    )
    static let uploadContentType = RequestProblem(
        .unsupportedMediaType,
        "upload_content_type",
        "The bytes of an upload come as application/offset+octet-stream."
    )
    static let uploadMetadata = RequestProblem(
        .badRequest,
        "upload_metadata",
        "Upload-Metadata must be pairs of a key and a Base64 value, divided by commas."
    )

    /// For stores: there is no such upload, or not for this caller.
    package static let uploadNotFound = RequestProblem(
        .notFound,
        "upload_not_found",
        "There is no such upload. Please start again."
    )
    /// For stores: the bytes do not begin where the stored ones end.
    package static let uploadOffsetConflict = RequestProblem(
        .conflict,
        "upload_offset_conflict",
        "The upload goes on at another place: ask for its offset and continue there."
    )
    /// More bytes than the upload has left; those that fit are handed on before.
    package static let uploadOverrun = RequestProblem(
        .contentTooLarge,
        "upload_overrun",
        "More bytes came than the upload has left."
    )
}
