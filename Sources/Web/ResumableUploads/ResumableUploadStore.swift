package import Hummingbird

/// Where resumable uploads are kept. The protocol on the wire is `ResumableUploads`' affair; the store decides who may do
/// what and keeps the bytes. It throws `RequestProblem.uploadNotFound` and `.uploadOffsetConflict`, or failures of its own
/// that the application turns into answers.
package protocol ResumableUploadStore: Sendable {
    /// Who asks.
    associatedtype Caller: Sendable

    /// The largest upload that anybody may make, in bytes; nil without a bound.
    func maximumSize() async throws -> Int64?

    /// Makes an upload; one of length 0 is complete at once.
    func create(_ new: NewResumableUpload, by caller: Caller) async throws -> ResumableUpload

    /// An upload as it stands. A sender that fell silent is stopped first: who asks means to go on.
    func find(_ id: String, by caller: Caller) async throws -> ResumableUpload

    /// Takes in bytes at the end of what is there; keeps what came when the body breaks off. The check of the offset and
    /// the writing are one step: of two callers at the same offset one is refused.
    /// - Returns: the upload as it is afterwards.
    func append(_ chunk: ResumableChunk, to id: String, by caller: Caller) async throws -> ResumableUpload

    /// Ends an upload for good and frees what it took.
    func terminate(_ id: String, by caller: Caller) async throws
}

package struct NewResumableUpload: Sendable, Hashable {
    /// Bytes; nil when the client tells it later.
    package let length: Int64?
    package let metadata: UploadMetadata
}

/// The bytes of one request, and what it says about them.
package struct ResumableChunk: Sendable {
    /// Where its first byte belongs.
    package let offset: Int64
    /// At most as many bytes as the upload has left.
    package let body: RequestBody
    /// Of the body, when the client said it.
    package let bodyLength: Int64?
    /// Of the whole upload, when the client tells it only now; not below the offset.
    package let uploadLength: Int64?
    /// Nothing of a body that ends in an error is kept: it was not what was sent, or that cannot be told.
    package let isAllOrNothing: Bool
}

package struct ResumableUpload: Sendable, Hashable {
    package let id: String
    /// Bytes that are safely stored.
    package let offset: Int64
    /// Nil until the client tells it.
    package let length: Int64?
    /// As the client sent it.
    package let metadata: String
    /// When it is thrown away if nothing more comes.
    package let expires: HTTPDate?
    /// What a complete upload has become.
    package let media: Link?

    package init(
        id: String,
        offset: Int64,
        length: Int64?,
        metadata: String = "",
        expires: HTTPDate? = nil,
        media: Link? = nil
    ) {
        self.id = id
        self.offset = offset
        self.length = length
        self.metadata = metadata
        self.expires = expires
        self.media = media
    }
}
