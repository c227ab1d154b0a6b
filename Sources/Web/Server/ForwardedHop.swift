import HTTPTypes

/// What one proxy said of the one that asked it.
struct ForwardedHop: Equatable {
    /// Nil when unknown, hidden, or not legible.
    var address: IPAddress?
    var isSecure: Bool?
    var host: String?

    /// The hops of `X-Forwarded-For`, nearest last. The lists of schemes and hosts are matched to it from their ends;
    /// a shorter list is what the nearest proxies left of it, and its last entry speaks for all that are missing.
    static func xForwarded(_ headers: HTTPFields) -> [ForwardedHop] {
        let addresses = list(headers[.xForwardedFor])
        let schemes = list(headers[.xForwardedProto])
        let hosts = list(headers[.xForwardedHost])
        return addresses.indices.map { index in
            let fromEnd = addresses.count - index
            return ForwardedHop(
                address: address(addresses[index]),
                isSecure: entry(schemes, fromEnd).flatMap(isSecure),
                host: entry(hosts, fromEnd).flatMap(host)
            )
        }
    }

    /// The elements of `Forwarded` (RFC 7239 §4), nearest last. One that is malformed says nothing.
    static func forwarded(_ headers: HTTPFields) -> [ForwardedHop] {
        guard let field = headers[.forwarded] else { return [] }
        return unquoted(field, separator: ",").map { element in
            var hop = ForwardedHop()
            for pair in unquoted(element, separator: ";") {
                guard let equals = pair.firstIndex(of: "=") else { return ForwardedHop() }
                let name = pair[..<equals].trimming([" ", "\t"]).lowercased()
                guard let value = value(pair[pair.index(after: equals)...].trimming([" ", "\t"])) else {
                    return ForwardedHop()
                }
                switch name {
                case "for": hop.address = address(value)
                case "proto": hop.isSecure = isSecure(value)
                case "host": hop.host = host(value)
                default: break
                }
            }
            return hop
        }
    }

    private static func list(_ field: String?) -> [String] {
        (field ?? "").split(separator: ",").map { $0.trimming([" ", "\t"]) }
    }

    private static func entry(_ list: [String], _ fromEnd: Int) -> String? {
        list.count >= fromEnd ? list[list.count - fromEnd] : list.last
    }

    /// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`.
    private static func address(_ text: String) -> IPAddress? {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return IPAddress(text[text.index(after: text.startIndex)..<end])
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return IPAddress(parts.count == 2 ? String(parts[0]) : text)
    }

    private static func isSecure(_ scheme: String) -> Bool? {
        switch scheme.lowercased() {
        case "https": true
        case "http": false
        default: nil
        }
    }

    /// A host with an optional port, and nothing that could lead a link elsewhere.
    private static func host(_ text: String) -> String? {
        let allowed = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"): true
            default: false
            }
        }
        return allowed && !text.isEmpty && text.utf8.count <= 261 ? text : nil
    }

    /// Splits at a separator that does not stand within quotes.
    private static func unquoted(_ text: String, separator: Character) -> [String] {
        var pieces = [""]
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if !isQuoted && character == separator {
                pieces.append("")
                continue
            }
            if character == "\"" && !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && character == "\\" && !isEscaped
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }

    /// A token as it is, a quoted string without its quotes and escapes; nil when the quotes do not close.
    private static func value(_ text: String) -> String? {
        guard text.hasPrefix("\"") else { return text }
        guard text.count >= 2, text.hasSuffix("\"") else { return nil }
        var plain = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if character == "\\" && !isEscaped {
                isEscaped = true
                continue
            }
            plain.append(character)
            isEscaped = false
        }
        return plain
    }
}

extension HTTPField.Name {
    static let forwarded = HTTPField.Name(literal: "Forwarded")
    static let xForwardedFor = HTTPField.Name(literal: "X-Forwarded-For")
    static let xForwardedProto = HTTPField.Name(literal: "X-Forwarded-Proto")
    static let xForwardedHost = HTTPField.Name(literal: "X-Forwarded-Host")
}
