import Core
import Hummingbird
import Web

/// The platform's uploads as the tus protocol sees them.
struct UploadStore: ResumableUploadStore {
    let uploads: Uploads

    /// Limits differ by type and account; what is too much for somebody is refused when they announce it.
    func maximumSize() async throws -> Int64? { nil }

    func create(_ new: NewResumableUpload, by caller: SignedInContext) async throws -> ResumableUpload {
        let upload = NewUpload(
            filename: new.metadata["filename"] ?? "",
            length: new.length,
            title: new.metadata["title"],
            visibility: new.metadata["visibility"],
            metadata: new.metadata.header
        )
        return ResumableUpload(try await uploads.create(upload, in: caller.scope))
    }

    func find(_ id: String, by caller: SignedInContext) async throws -> ResumableUpload {
        ResumableUpload(try await uploads.findToResume(id, in: caller.scope))
    }

    func append(_ chunk: ResumableChunk, to id: String, by caller: SignedInContext) async throws -> ResumableUpload {
        let progress = try await uploads.append(
            UploadChunk(
                offset: chunk.offset,
                contentLength: chunk.bodyLength,
                uploadLength: chunk.uploadLength,
                isAllOrNothing: chunk.isAllOrNothing
            ),
            to: id,
            body: chunk.body,
            in: caller.scope
        )
        let upload = try await uploads.find(id, in: caller.scope)
        return ResumableUpload(upload, offset: progress.offset, media: progress.mediaPublicID)
    }

    func terminate(_ id: String, by caller: SignedInContext) async throws {
        try await uploads.terminate(id, in: caller.scope)
    }
}

extension ResumableUpload {
    fileprivate init(_ upload: Upload, offset: Int64? = nil, media: String? = nil) {
        self.init(
            id: upload.publicID,
            offset: offset ?? upload.offset,
            length: upload.length,
            metadata: upload.metadata,
            expires: HTTPDate(secondsSince1970: Int(upload.expiresAt.milliseconds / 1000)),
            media: (media ?? upload.mediaPublicID).map { Links.media($0) }
        )
    }
}
