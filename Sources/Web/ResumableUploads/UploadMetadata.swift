import Foundation

/// `Upload-Metadata` (tus 1.0.0, creation): pairs of a key and a base64 value, separated by commas.
package struct UploadMetadata: Sendable, Hashable {
    /// As it was sent, to be returned so.
    package let text: String
    private let values: [String: String]

    /// The value of a key as text; nil when the key is absent. A key without a value is empty.
    package subscript(key: String) -> String? { values[key] }

    /// Strict: keys are non-empty printable ASCII and unique, values are base64 of UTF-8.
    package init(_ text: String) throws(RequestProblem) {
        var values: [String: String] = [:]
        guard text.utf8.count <= 8192 else { throw .badUploadMetadata }
        let pieces = text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
        for piece in pieces {
            // Clients write ", " too.
            let pair = piece.drop { $0 == " " }.split(separator: " ", omittingEmptySubsequences: false)
            guard let key = pair.first, !key.isEmpty, pair.count <= 2,
                key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), values[String(key)] == nil
            else { throw .badUploadMetadata }
            let encoded = pair.count == 2 ? String(pair[1]) : ""
            guard let data = Data(base64Encoded: encoded), let value = String(data: data, encoding: .utf8) else {
                throw .badUploadMetadata
            }
            values[String(key)] = value
        }
        self.text = text
        self.values = values
    }
}
