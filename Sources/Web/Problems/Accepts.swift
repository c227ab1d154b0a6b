package import HTTPTypes

/// The two kinds of answer that the same thing can be told in.
package enum AnswerFormat: Sendable, Hashable {
    case html
    case json

    /// What the client prefers by its `Accept` header (RFC 9110 section 12.5.1). Whoever names neither, or has no
    /// preference between them, gets `fallback`.
    package init(accept headers: HTTPFields, fallback: AnswerFormat = .html) {
        let header = headers[values: .accept].joined(separator: ",")
        let html = QualityList(header).quality { $0 == "text/html" || $0 == "application/xhtml+xml" }
        let json = QualityList(header).quality {
            $0 == "application/json" || $0 == "application/problem+json"
        }
        let difference = (html ?? 0) - (json ?? 0)
        self = difference == 0 ? fallback : difference > 0 ? .html : .json
    }
}
