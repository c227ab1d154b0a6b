import Foundation
package import HTTPTypes
package import Hummingbird
import NIOCore

/// An RFC 9457 problem document, `application/problem+json`. Its extension members are `code` (stable, for programs),
/// `fields` (for forms) and `request_id` (to quote when asking for help).
package struct ProblemJSON: Encodable, Sendable, Hashable {
    package struct Field: Encodable, Sendable, Hashable {
        package let field: String
        package let message: String

        package init(field: String, message: String) {
            self.field = field
            self.message = message
        }
    }

    /// A URI reference that names the kind of problem; `about:blank` means "as the status says" (RFC 9457 section 4.2.1).
    package let type: String
    package let title: String
    package let status: Int
    package let detail: String
    package let code: String
    /// Absent from the document when empty.
    package let fields: [Field]
    package let requestID: String

    package init(
        status: HTTPResponse.Status,
        code: String,
        detail: String,
        fields: [Field] = [],
        requestID: String,
        type: String = "about:blank"
    ) {
        self.type = type
        title = status.reasonPhrase
        self.status = status.code
        self.detail = detail
        self.code = code
        self.fields = fields
        self.requestID = requestID
    }

    package func response() -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings and integers always encode; the fallback is for the compiler.
        let body = (try? encoder.encode(self)).map { ByteBuffer(bytes: $0) } ?? ByteBuffer(string: "{}")
        return Response(
            status: .init(code: status),
            headers: [.contentType: "application/problem+json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: body)
        )
    }

    private enum CodingKeys: String, CodingKey {
        case type, title, status, detail, code, fields
        case requestID = "request_id"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        try container.encode(title, forKey: .title)
        try container.encode(status, forKey: .status)
        try container.encode(detail, forKey: .detail)
        try container.encode(code, forKey: .code)
        try container.encode(requestID, forKey: .requestID)
        if !fields.isEmpty { try container.encode(fields, forKey: .fields) }
    }
}
