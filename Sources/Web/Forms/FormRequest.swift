import HTTPTypes
package import Hummingbird
import NIOCore

extension FormFields {
    /// How large the text of a form may be together. A long description and a long list fit many times.
    package static let maximumSize = 256 * 1024

    /// Reads the form in a request's body; no more than `maximumSize` bytes of it are ever held.
    ///
    /// - Throws: `RequestProblem`: 400 undecodable, 413 too large, 415 not a form; or what the connection throws.
    package init(_ request: Request, maximumSize: Int = maximumSize) async throws {
        guard let type = request.headers[.contentType].flatMap(MediaType.init(from:)) else {
            throw RequestProblem.notAForm
        }
        guard type.isType(.applicationUrlEncoded) else { throw RequestProblem.notAForm }
        try await self.init(urlEncoded: request.smallBody(upTo: maximumSize))
    }
}

extension Request {
    /// The whole body when it is no larger than that; 413 otherwise, by its declared length before anything is read.
    package func smallBody(upTo limit: Int, tooLarge: RequestProblem = .formTooLarge) async throws -> ByteBuffer {
        if let declared = headers[.contentLength].flatMap({ Int($0) }), declared > limit { throw tooLarge }
        var collected = ByteBuffer()
        for try await var buffer in body {
            guard collected.readableBytes + buffer.readableBytes <= limit else { throw tooLarge }
            collected.writeBuffer(&buffer)
        }
        return collected
    }
}
