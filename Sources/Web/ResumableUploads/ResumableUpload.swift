package import Hummingbird

/// An upload as the protocol sees it.
package struct ResumableUpload: Sendable, Hashable {
    /// What stands in its URL.
    package let id: String
    /// Bytes that are stored for good.
    package let offset: Int64
    /// Bytes announced.
    package let length: Int64
    /// `Upload-Metadata` exactly as it was sent; empty when there was none.
    package let metadata: String
    /// Where the finished thing is, once the last byte has come.
    package let location: Link?

    package init(id: String, offset: Int64, length: Int64, metadata: String, location: Link?) {
        self.id = id
        self.offset = offset
        self.length = length
        self.metadata = metadata
        self.location = location
    }
}

/// What a client announces (tus 1.0.0, creation).
package struct NewResumableUpload: Sendable, Hashable {
    package let length: Int64
    package let metadata: UploadMetadata
}

/// Where uploads are kept. Whatever it throws is the application's to word; `ResumableUploads` adds the protocol.
package protocol ResumableUploadStore: Sendable {
    /// Who asks.
    associatedtype Caller: Sendable

    /// The most bytes that one upload may have, as far as that is the same for everybody.
    var maximumSize: Int64? { get }

    func create(_ upload: NewResumableUpload, for caller: Caller) async throws -> ResumableUpload

    /// Throws where there is none, or it is not the caller's.
    func find(_ id: String, for caller: Caller) async throws -> ResumableUpload

    /// Adds bytes at an offset, which must be where the upload stands. What came of an interrupted body stays. An
    /// offset that is answered is on the disk for good.
    func append(_ body: RequestBody, to id: String, at offset: Int64, for caller: Caller) async throws -> ResumableUpload

    /// Ends an upload and forgets its bytes.
    func terminate(_ id: String, for caller: Caller) async throws
}
