import HTTPTypes

/// What the headers of a creating POST ask for.
struct UploadCreation: Sendable, Hashable {
    /// Nil when it is told later.
    let length: Int64?
    let metadata: UploadMetadata
    let hasBody: Bool
    /// Nil when the body comes without a declared length.
    let bodyLength: Int64?
    let checksum: UploadChecksum?

    init(_ headers: HTTPFields) throws(RequestProblem) {
        try Tus.checkVersion(headers)
        switch (headers[.uploadLength], headers[.uploadDeferLength]) {
        case (nil, nil): throw .uploadLengthMissing
        case (.some, .some): throw .uploadLengthTwice
        case (nil, .some(let deferred)):
            guard deferred == "1" else { throw .uploadLengthMissing }
            length = nil
        case (.some(let text), nil):
            guard text.isDecimal else { throw .uploadLengthMissing }
            // A number with more digits than fit is a size, only too large a one.
            guard let length = Int64(text) else { throw .uploadTooLarge }
            self.length = length
        }
        metadata = if let header = headers[.uploadMetadata] { try UploadMetadata(header) } else { .none }
        bodyLength = headers[.contentLength].flatMap { Int64($0) }
        // A body of undeclared length is there if its type says so.
        hasBody = bodyLength.map { $0 > 0 } ?? headers.isOffsetOctetStream
        guard !hasBody || headers.isOffsetOctetStream else { throw .uploadContentType }
        checksum = if let header = headers[.uploadChecksum] { try UploadChecksum(header) } else { nil }
    }
}

/// What the headers of a PATCH ask for.
struct UploadPatch: Sendable, Hashable {
    let offset: Int64
    let bodyLength: Int64?
    /// Of the whole upload, from a client that could not tell before.
    let length: Int64?
    let checksum: UploadChecksum?

    init(_ headers: HTTPFields) throws(RequestProblem) {
        try Tus.checkVersion(headers)
        guard headers.isOffsetOctetStream else { throw .uploadContentType }
        guard let text = headers[.uploadOffset], text.isDecimal else { throw .uploadOffsetMissing }
        guard let offset = Int64(text) else { throw .uploadOffsetConflict }
        self.offset = offset
        bodyLength = headers[.contentLength].flatMap { Int64($0) }
        if let text = headers[.uploadLength] {
            guard text.isDecimal else { throw .uploadLengthUnfit }
            guard let length = Int64(text) else { throw .uploadTooLarge }
            self.length = length
        } else {
            length = nil
        }
        checksum = if let header = headers[.uploadChecksum] { try UploadChecksum(header) } else { nil }
    }
}

extension UploadPatch {
    /// The bytes that come with a creation.
    init(first creation: UploadCreation) {
        offset = 0
        bodyLength = creation.bodyLength
        length = nil
        checksum = creation.checksum
    }
}

extension HTTPFields {
    fileprivate var isOffsetOctetStream: Bool {
        self[.contentType]?.lowercased() == Tus.contentType
    }
}

extension String {
    /// Digits and nothing else: no sign, no blanks.
    fileprivate var isDecimal: Bool {
        !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
