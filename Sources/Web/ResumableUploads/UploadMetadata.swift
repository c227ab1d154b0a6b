import Foundation

/// What a client tells about its file in `Upload-Metadata`: keys with Base64 values.
package struct UploadMetadata: Sendable, Hashable {
    package static let maximumSize = 8 * 1024
    package static let maximumCount = 32

    /// As it was sent, to be given back by HEAD.
    package let header: String
    private let values: [String: String]

    /// Nothing was told.
    package static let none = UploadMetadata(header: "", values: [:])

    private init(header: String, values: [String: String]) {
        self.header = header
        self.values = values
    }

    /// Keys are unique, not empty, printable ASCII without space and comma; a value is Base64 with padding (RFC 4648
    /// section 4) of UTF-8 text, or left out.
    package init(_ header: String) throws(RequestProblem) {
        guard header.utf8.count <= Self.maximumSize else { throw .uploadMetadata }
        var values: [String: String] = [:]
        for pair in header.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = pair.trimming([" ", "\t"]).split(separator: " ", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), let key = parts.first.map(String.init), !key.isEmpty,
                key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else { throw .uploadMetadata }
            let value = parts.count == 2 ? try Self.decode(parts[1]) : ""
            guard values.updateValue(value, forKey: key) == nil, values.count <= Self.maximumCount else {
                throw .uploadMetadata
            }
        }
        self.init(header: header, values: values)
    }

    package subscript(key: String) -> String? { values[key] }

    private static func decode(_ text: Substring) throws(RequestProblem) -> String {
        guard let data = Data(base64Encoded: String(text)), data.base64EncodedString() == text else {
            throw .uploadMetadata
        }
        do {
            return try FormFields.text(data)
        } catch {
            throw .uploadMetadata
        }
    }
}
