import Foundation

/// An address that we call: `https:`, or `http:` at this very machine. It has a host, no password in it and no fragment.
package struct HTTPAddress: Sendable, Hashable {
    package let text: String

    /// nil for anything else.
    package init?(_ text: String) {
        guard text.utf8.count <= 500, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return nil }
        switch parts.scheme?.lowercased() {
        case "https": break
        case "http": guard Self.isLoopback(host) else { return nil }
        default: return nil
        }
        self.text = text
    }

    var isEncrypted: Bool { text.lowercased().hasPrefix("https:") }

    /// The same address with more fields in its query.
    package func adding(_ fields: [HTTPCall.Field]) -> String {
        text + (text.contains("?") ? "&" : "?") + FormEncoding.encode(fields)
    }

    private static func isLoopback(_ host: String) -> Bool {
        ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.lowercased())
    }
}

/// `application/x-www-form-urlencoded`, as RFC 6749 appendix B has it.
enum FormEncoding {
    static func encode(_ fields: [HTTPCall.Field]) -> String {
        fields.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
