import HTTPTypes

@testable import Web

/// The headers of tus: one on each line.
@Sendable func fuzzTus(_ input: [UInt8]) {
    let texts = input.texts
    var headers: HTTPFields = [.tusResumable: Tus.version, .contentType: Tus.contentType]
    let names: [HTTPField.Name] = [
        .uploadLength, .uploadDeferLength, .uploadOffset, .uploadMetadata, .contentLength, .contentType, .tusResumable,
        .uploadChecksum,
    ]
    for (name, text) in zip(names, texts) where !text.isEmpty { headers[name] = text }
    _ = try? UploadCreation(headers)
    if let patch = try? UploadPatch(headers) { precondition(patch.offset >= 0 && patch.length ?? 0 >= 0) }
    for text in texts {
        guard let metadata = try? UploadMetadata(text) else { continue }
        precondition(metadata.header == text)
        let name = metadata["filename"] ?? ""
        precondition(!name.utf8.contains(0))
    }
}
