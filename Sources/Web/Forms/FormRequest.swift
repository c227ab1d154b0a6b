import HTTPTypes
package import Hummingbird
package import NIOCore

extension FormFields {
    /// How large the text of a form may be together. A long description and a long list fit many times.
    package static let maximumSize = 256 * 1024

    /// Reads the form in a request's body, in either of the two ways in which browsers send one; no more than
    /// `maximumSize` bytes of it are ever held. A form with files is read by `MultipartReader`.
    ///
    /// - Throws: `RequestProblem`: 400 undecodable, 413 too large, 415 not a form; or what the connection throws.
    package init(_ request: Request) async throws {
        switch FormEncoding(request.headers) {
        case .urlEncoded:
            try await self.init(urlEncoded: request.smallBody(upTo: Self.maximumSize))
        case .multipart:
            self.init()
            let reader = try MultipartReader(request)
            while let part = try await reader.next() {
                guard case .field(let pair) = part else { throw RequestProblem.unexpectedFile }
                append(pair.name, pair.value)
            }
        case nil:
            throw RequestProblem.notAForm
        }
    }
}

/// The two ways in which browsers send forms.
package enum FormEncoding: Sendable, Hashable {
    case urlEncoded, multipart

    package init?(_ headers: HTTPFields) {
        switch headers[.contentType].flatMap(HeaderParameters.init)?.value {
        case "application/x-www-form-urlencoded": self = .urlEncoded
        case "multipart/form-data": self = .multipart
        default: return nil
        }
    }
}

extension Request {
    /// The whole body when it is no larger than that; 413 otherwise, by its declared length before anything is read.
    package func smallBody(upTo limit: Int) async throws -> ByteBuffer {
        let declared = headers[.contentLength].flatMap { Int($0) } ?? 0
        guard declared <= limit else { throw RequestProblem.formTooLarge(limit) }
        var collected = ByteBuffer()
        for try await var buffer in body {
            let size = collected.readableBytes + buffer.readableBytes
            guard size <= limit else { throw RequestProblem.formTooLarge(limit) }
            collected.writeBuffer(&buffer)
        }
        return collected
    }
}
