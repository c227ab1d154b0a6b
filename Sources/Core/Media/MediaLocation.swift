import Integrations

/// Where the bytes of one of an item's files lie, and what an answer says about them.
struct MediaLocation: Sendable {
    /// Who asks for what.
    struct Question: Sendable, Hashable {
        let publicID: String
        let asset: MediaAsset
        let sight: Scope.Sight
    }

    let key: StorageKey
    let contentType: String
    let etag: String
    let lastModified: Timestamp
    let filename: String
    let isAttachment: Bool
    /// Whether who asks may edit and delete the item.
    let isManaged: Bool
}

extension MediaDetails {
    /// Nil when the item has no such file (yet).
    func location(of asset: MediaAsset) throws -> MediaLocation? {
        switch source(of: asset) {
        case nil: nil
        case .file(let file):
            MediaLocation(
                key: try StorageKey(file.storageKey),
                contentType: file.contentType,
                etag: file.sha256,
                lastModified: file.createdAt,
                filename: file.filename,
                isAttachment: asset == .original,
                isManaged: mayManage
            )
        case .rendition(let rendition):
            MediaLocation(
                key: try StorageKey(rendition.storageKey),
                contentType: rendition.contentType,
                etag: rendition.tag,
                lastModified: media.createdAt,
                filename: rendition.filename(for: file.filename),
                isAttachment: false,
                isManaged: mayManage
            )
        }
    }
}

extension Rendition {
    /// The original's name with the ending of what it became.
    fileprivate func filename(for original: String) -> String {
        let ending =
            switch contentType {
            case "image/jpeg": ".jpg"
            case "video/mp4": ".mp4"
            case "video/webm": ".webm"
            case "audio/mp4": ".m4a"
            default: ""
            }
        let stem = original.fileExtension.map { original.dropLast($0.count + 1) } ?? original[...]
        return stem + ending
    }
}
